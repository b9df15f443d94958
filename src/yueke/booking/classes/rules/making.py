"""Whether a class may be created, published, or taken out of sight."""

from collections.abc import Mapping
from datetime import datetime
from typing import Final

from yueke.booking.classes.orders import Texts
from yueke.booking.classes.refusals import (
    CapacityBelowSeats,
    CapacityOutOfRange,
    ClassAlreadyPublished,
    ClassAlreadyStarted,
    ClassesHandedOver,
    ClassNotDescribed,
    ClassNotPublished,
    ClassNotStarted,
)
from yueke.booking.classes.rules.facts import LockedClass
from yueke.booking.rules.slot import free_slot
from yueke.inventory.refusals import TimeInPast, TimeOffGrid
from yueke.inventory.rules.locked_slot import LockedSlot
from yueke.kernel.actor import Actor
from yueke.kernel.grid import is_on_grid

CAPACITY: Final = range(2, 1001)
# Who made open classes before curriculum did.
_BEFORE: Final = "classroom"
_NOBODY: Final = 0


def is_handed_over(actor: Actor, handed_over_at: datetime | None, now: datetime) -> bool:
    """Tell whether classes were the caller's channel's, and are no more."""
    return actor.channel == _BEFORE and handed_over_at is not None and handed_over_at <= now


def check_hand_over(actor: Actor, handed_over_at: datetime | None, now: datetime) -> None:
    """Refuse the online classroom (classes_handed_over) once the hand-over is past."""
    if handed_over_at is not None and is_handed_over(actor, handed_over_at, now):
        raise ClassesHandedOver(handed_over_at)


def check_capacity(capacity: int, *, taken: int = 0) -> None:
    """Refuse a number of seats (capacity_out_of_range, capacity_below_seats)."""
    if capacity not in CAPACITY:
        raise CapacityOutOfRange(CAPACITY[0], CAPACITY[-1])
    if capacity < taken:
        raise CapacityBelowSeats(taken)


def missing_cells(
    *,
    teacher_id: int,
    cells: tuple[datetime, ...],
    slots: Mapping[tuple[int, datetime], LockedSlot],
    product_id: int,
    now: datetime,
) -> tuple[datetime, ...]:
    """Return the half-hours of a new class that its teacher has not offered.

    Refuses: time_off_grid, time_in_past, slot_already_taken, slot_not_open, slot_targeted.
    """
    if not is_on_grid(cells[0]):
        raise TimeOffGrid(cells[0])
    if cells[0] <= now:
        raise TimeInPast(cells[0])
    missing = []
    for cell in cells:
        slot = slots.get((teacher_id, cell))
        if slot is None:
            missing.append(cell)
        else:
            free_slot(slot, teacher_id, cell, learner_id=_NOBODY, product_id=product_id, now=now)
    return tuple(missing)


def check_publish(found: LockedClass, now: datetime) -> None:
    """Refuse to publish (class_already_published, class_not_described, class_already_started)."""
    if found.is_published:
        raise ClassAlreadyPublished(found.id)
    if not (found.title_zh and found.title_en):
        raise ClassNotDescribed(found.id)
    if found.starts_at <= now:
        raise ClassAlreadyStarted(found.id)


def check_titles(found: LockedClass, texts: Texts) -> None:
    """Refuse to leave a class that families see without a title (class_not_described)."""
    if found.is_published and not (texts.title_zh and texts.title_en):
        raise ClassNotDescribed(found.id)


def check_unpublish(found: LockedClass) -> None:
    """Refuse to take out of sight what is not in sight (class_not_published)."""
    if not found.is_published:
        raise ClassNotPublished(found.id)


def check_not_begun(found: LockedClass, now: datetime) -> None:
    """Refuse what can be done only before the class begins (class_already_started)."""
    if found.starts_at <= now:
        raise ClassAlreadyStarted(found.id)


def check_begun(found: LockedClass, now: datetime) -> None:
    """Refuse what can be known only once the class has begun (class_not_started)."""
    if now < found.starts_at:
        raise ClassNotStarted(found.id)
