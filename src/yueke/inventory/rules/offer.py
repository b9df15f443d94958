"""Which times a teacher may offer, take back or keep for somebody."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from yueke.inventory.orders import Target
from yueke.inventory.refusals import (
    ReservationWithoutTarget,
    SlotAlreadyTaken,
    SlotNotOpen,
    TimeInPast,
    TimeOffGrid,
    TimeTooFar,
    TooManySlots,
)
from yueke.kernel.grid import is_on_grid
from yueke.kernel.refusal import Refusal

SLOTS_PER_COMMAND_MAX = 2000
AHEAD_MAX = timedelta(days=366)


@dataclass(slots=True)
class Offered:
    """A slot of the teacher, locked."""

    state: str
    target_kind: str | None
    target_id: int | None
    reserved_until: datetime | None


def check_count(starts: Sequence[datetime]) -> None:
    """Refuse (too_many_slots) more slots than one command takes."""
    if len(starts) > SLOTS_PER_COMMAND_MAX:
        raise TooManySlots(SLOTS_PER_COMMAND_MAX)


def check_last_day(last: date, now: datetime) -> None:
    """Refuse (time_too_far) a pattern that runs further ahead than slots are kept, in any zone."""
    if last > (now + AHEAD_MAX).date() + timedelta(days=1):
        raise TimeTooFar(datetime.combine(last, time(), UTC))


def check_reservation(target: Target | None, until: datetime | None, now: datetime) -> None:
    """Refuse a reservation for nobody (reservation_without_target) or one over (time_in_past).

    Its slots would go without anyone's having been able to book them.
    """
    if until is None:
        return
    if target is None:
        raise ReservationWithoutTarget()
    if until <= now:
        raise TimeInPast(until)


def why_not_release(starts_at: datetime, now: datetime) -> Refusal | None:
    """Return why a time cannot be offered, or None."""
    if not is_on_grid(starts_at):
        return TimeOffGrid(starts_at)
    if starts_at <= now:
        return TimeInPast(starts_at)
    if starts_at > now + AHEAD_MAX:
        return TimeTooFar(starts_at)
    return None


def why_not_change(teacher_id: int, starts_at: datetime, slot: Offered | None) -> Refusal | None:
    """Return why a slot cannot be withdrawn or targeted, or None."""
    if slot is None or slot.state == "held":
        return SlotNotOpen(teacher_id, starts_at)
    if slot.state == "booked":
        return SlotAlreadyTaken(teacher_id, starts_at)
    return None
