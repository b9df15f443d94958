"""Lock, take and give back slots inside the caller's transaction."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from yueke.inventory.orders import Target
from yueke.inventory.rules.locked_slot import OfferedSlot
from yueke.kernel.columns import booleans, instants, numbers, texts
from yueke.kernel.transaction import Question, Work

_ROOM = "yueke.inventory"
SlotKey = tuple[int, datetime]


def lock_slots(*, market_id: int, slots: Collection[SlotKey]) -> Question:
    """Lock slots in order of teacher and time; rows are OfferedSlot, none for one not there."""
    ordered = sorted(slots)
    params = (numbers(t for t, _ in ordered), instants(s for _, s in ordered), market_id)
    return Question(_ROOM, "lock_slots", params, OfferedSlot)


@dataclass(slots=True)
class Ability:
    """A skill or tag with a bit of its own in `OfferedSlot.abilities`."""

    word: str
    bit: int


def abilities() -> Question:
    """Ask for the skills and tags with bits of their own; rows are Ability."""
    return Question(_ROOM, "abilities", (), Ability)


def take_slots(work: Work, *, market_id: int, taken: Sequence[tuple[int, datetime, int]]) -> None:
    """Give open slots, locked before, to lessons: (teacher id, start, lesson id)."""
    if taken:
        work.write(_ROOM, "take_slots", _columns(taken, market_id))


def take_held_slots(
    work: Work, *, market_id: int, taken: Sequence[tuple[int, datetime, int]]
) -> None:
    """Give held or open slots, locked before, to lessons: (teacher id, start, lesson id)."""
    if taken:
        work.write(_ROOM, "take_held_slots", _columns(taken, market_id))


class TakenSlot(NamedTuple):
    """A half-hour that was not offered: whose, which lesson takes it, and for whom it is kept.

    `keep` says what becomes of it when the lesson is cancelled: True, open to anyone; False, it
    goes; None, it stays as it is.
    """

    teacher_id: int
    starts_at: datetime
    lesson_id: int
    target: Target
    keep: bool | None


def insert_taken_slots(work: Work, *, market_id: int, taken: Sequence[TakenSlot]) -> None:
    """Make slots that lessons take at once.

    One that is there by now fails the transaction: slot_pkey.
    """
    if taken:
        columns = (
            texts(one.target.kind for one in taken),
            numbers(one.target.id for one in taken),
            instants(one.starts_at for one in taken),
            numbers(one.lesson_id for one in taken),
            booleans(one.keep for one in taken),
            numbers(one.teacher_id for one in taken),
        )
        work.write(_ROOM, "insert_taken_slots", (*columns, market_id))


def insert_slots_of_product(
    work: Work,
    *,
    market_id: int,
    teacher_id: int,
    starts: Sequence[datetime],
    lesson_id: int,
    product_id: int,
) -> None:
    """Make slots kept for a product that a lesson takes at once.

    One that is there by now fails the transaction: slot_pkey.
    """
    if starts:
        params = (product_id, lesson_id, instants(starts), market_id, teacher_id)
        work.write(_ROOM, "insert_slots_of_product", params)


def give_back_slots(
    work: Work, *, market_id: int, freed: Sequence[tuple[int, datetime, int]]
) -> None:
    """Open the slots of lessons again: (teacher id, start, lesson id)."""
    if freed:
        work.write(_ROOM, "give_back_slots", _columns(freed, market_id))


def slots_not_kept(
    work: Work, *, market_id: int, freed: Sequence[tuple[int, datetime, int]]
) -> set[SlotKey]:
    """Return which slots of lessons, locked before, go when these lose them."""
    return set(work.run(_ROOM, "slots_not_kept", _columns(freed, market_id)).fetchall())


def _columns(slots: Sequence[tuple[int, datetime, int]], market_id: int) -> tuple[str | int, ...]:
    return (
        numbers(t for t, _, _ in slots),
        instants(s for _, s, _ in slots),
        numbers(lesson for _, _, lesson in slots),
        market_id,
    )
