"""What becomes of time that was opened for one learner alone when they leave its lesson (T-3)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from yueke.booking.rules.cancel import Leaving
from yueke.inventory import operations as inventory
from yueke.kernel.transaction import Work
from yueke.people import policies


@dataclass(slots=True)
class KeptSlot:
    """A half-hour under a lesson: whether it is to be kept when the learner cancels."""

    teacher_id: int
    starts_at: datetime
    lesson_id: int
    kept_on_cancel: bool


def kept_hours(*, market_id: int, now: datetime) -> int:
    """Return how many hours ahead a learner must cancel for such time to stay."""
    return policies.in_force(market_id=market_id, at=now).number("kept_request_hours")


def settle(
    work: Work,
    *,
    now: datetime,
    left: Sequence[Leaving],
    kept: Sequence[KeptSlot],
    hours: int,
) -> None:
    """Leave open to anyone what the teacher keeps and was left in time; take the rest away.

    The slots have just been given back by the cancellations of `left`.
    """
    emptied = {one.seat.lesson.id: one for one in left if one.empties}
    for slot in kept:
        leaving = emptied.get(slot.lesson_id)
        if leaving is None:
            continue
        in_time = leaving.seat.lesson.starts_at - now > timedelta(hours=hours)
        change = inventory.open_to_anyone if slot.kept_on_cancel and in_time else inventory.withdraw
        change(
            work,
            actor=leaving.order.actor,
            now=now,
            teacher_id=slot.teacher_id,
            starts=[slot.starts_at],
        )
