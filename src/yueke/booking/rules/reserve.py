"""Whether a teacher may keep a half-hour of their own for a learner, and until when."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from yueke.booking.rules.facts import Cell
from yueke.inventory.refusals import SlotAlreadyTaken, SlotNotOpen, SlotTargeted
from yueke.inventory.rules.locked_slot import LockedSlot
from yueke.inventory.rules.offer import why_not_release


def check_reserve(
    teacher_id: int,
    cells: Sequence[datetime],
    slots: Mapping[Cell, LockedSlot],
    *,
    learner_id: int,
    now: datetime,
) -> list[datetime]:
    """Return those of the half-hours that the teacher has yet to offer.

    Refuses: time_off_grid, time_in_past, time_too_far, slot_already_taken, slot_not_open,
    slot_targeted.
    """
    for cell in cells:
        refusal = why_not_release(cell, now)
        if refusal is not None:
            raise refusal
        slot = slots.get((teacher_id, cell))
        if slot is None:
            continue
        if slot.state == "booked":
            raise SlotAlreadyTaken(teacher_id, cell)
        if slot.state != "open":
            raise SlotNotOpen(teacher_id, cell)
        if slot.target_kind is not None and (slot.target_kind, slot.target_id) != (
            "student",
            learner_id,
        ):
            raise SlotTargeted(teacher_id, cell)
    return [cell for cell in cells if (teacher_id, cell) not in slots]


def reserved_until(starts_at: datetime, now: datetime, *, hours: int) -> datetime:
    """Return until when the time is kept: so many hours, or until it begins."""
    return min(now + timedelta(hours=hours), starts_at)
