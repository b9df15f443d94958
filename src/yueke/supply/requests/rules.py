"""When a lesson request may be asked, and until when it waits."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from yueke.inventory.refusals import SlotAlreadyTaken, SlotTargeted, TimeInPast, TimeOffGrid
from yueke.inventory.rules.locked_slot import LockedSlot
from yueke.kernel.grid import is_on_grid
from yueke.supply.requests.refusals import TimeIsOpen


def check_time(starts_at: datetime, now: datetime) -> None:
    """Refuse what is no half-hour to come (time_off_grid, time_in_past)."""
    if not is_on_grid(starts_at):
        raise TimeOffGrid(starts_at)
    if starts_at <= now:
        raise TimeInPast(starts_at)


def check_slots(
    slots: Sequence[LockedSlot], *, cells: int, learner_id: int, product_id: int, now: datetime
) -> None:
    """Refuse time that the teacher has given away, keeps for others, or offers already.

    Refuses: slot_already_taken, slot_targeted, time_is_open.
    """
    live = [slot for slot in slots if not slot.is_over(now)]
    for slot in live:
        if slot.state != "open":
            raise SlotAlreadyTaken(slot.teacher_id, slot.starts_at)
        if not slot.is_for(learner_id=learner_id, product_id=product_id):
            raise SlotTargeted(slot.teacher_id, slot.starts_at)
    if len(live) == cells:
        raise TimeIsOpen(live[0].teacher_id, live[0].starts_at)


def expires_at(starts_at: datetime, now: datetime, *, hours: int) -> datetime:
    """Return when an unanswered request is over: after some hours, at its start at the latest."""
    return min(starts_at, now + timedelta(hours=hours))
