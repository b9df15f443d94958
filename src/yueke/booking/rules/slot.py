"""Whether a lesson may take a half-hour of a teacher: one rule for all who place lessons."""

from collections.abc import Mapping
from datetime import datetime
from typing import TypeVar

from yueke.inventory.orders import Target
from yueke.inventory.refusals import (
    SlotAlreadyTaken,
    SlotNotOpen,
    SlotTargeted,
    TeacherDoesNotTeach,
)
from yueke.inventory.rules.locked_slot import LockedSlot, OfferedSlot

AnySlot = TypeVar("AnySlot", bound=LockedSlot)


def free_slot(
    slot: AnySlot | None,
    teacher_id: int,
    cell: datetime,
    *,
    learner_id: int,
    product_id: int,
    now: datetime,
    target: Target | None = None,
) -> AnySlot:
    """Return a slot that is free for it, or refuse; `target`: for whom else its time may be kept.

    Refuses: slot_not_open, slot_already_taken, slot_targeted.
    """
    if slot is None or slot.is_over(now):
        raise SlotNotOpen(teacher_id, cell)
    if slot.state == "booked":
        raise SlotAlreadyTaken(teacher_id, cell)
    if slot.state != "open":
        raise SlotNotOpen(teacher_id, cell)
    if not slot.is_for(learner_id=learner_id, product_id=product_id, target=target):
        raise SlotTargeted(teacher_id, cell)
    return slot


def check_teaches(slot: OfferedSlot, product: str, level: int, bits: Mapping[str, int]) -> None:
    """Refuse a slot whose teacher may not teach this (teacher_does_not_teach)."""
    if not slot.teaches(f"{product}:{level}", bits):
        raise TeacherDoesNotTeach(slot.teacher_id, product, level)


def check_skill(skills: frozenset[str], teacher_id: int, product: str, level: int) -> None:
    """Refuse a teacher who may not teach this (teacher_does_not_teach)."""
    if f"{product}:{level}" not in skills:
        raise TeacherDoesNotTeach(teacher_id, product, level)
