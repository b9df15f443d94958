"""The time of a learner's dedicated teacher that the learner may book, kept by priority or not."""

from dataclasses import dataclass
from datetime import datetime

from yueke.booking.models import SeatCell
from yueke.inventory.models import Slot
from yueke.kernel.grid import cells_of
from yueke.supply.dedicated.models import Dedicated


@dataclass(frozen=True, slots=True)
class OwnTime:
    """A half-hour from which a lesson may be booked; `first`: nobody else may book it yet."""

    starts_at: datetime
    first: bool


def own_times(*, mine: Dedicated, cells: int, begin: datetime, end: datetime) -> list[OwnTime]:
    """Return when a learner may book their own teacher in a half-open range (H5-9, H5-10).

    All of the lesson's half-hours are open, to anyone or by priority, and the learner is free.
    """
    slots = Slot.objects.filter(
        market_id=mine.market_id,
        teacher_id=mine.teacher_id,
        starts_at__gte=begin,
        starts_at__lt=end,
        state=Slot.State.OPEN,
    )
    kept = {
        slot.starts_at: slot.target_kind
        for slot in slots.order_by("starts_at")
        if slot.target_kind is None
        or (slot.target_kind, slot.target_id) == (Slot.Target.PRIORITY, mine.teacher_id)
        or (slot.target_kind, slot.target_id) == (Slot.Target.STUDENT, mine.learner_id)
    }
    busy = set(
        SeatCell.objects.filter(
            market_id=mine.market_id,
            learner_id=mine.learner_id,
            starts_at__gte=begin,
            starts_at__lt=end,
        ).values_list("starts_at", flat=True)
    )
    return [
        OwnTime(at, kind == Slot.Target.PRIORITY)
        for at, kind in kept.items()
        if all(cell in kept and cell not in busy for cell in cells_of(at, cells))
    ]
