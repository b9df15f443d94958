"""What becomes of a teacher's time when the lesson that had it takes place without them."""

from collections.abc import Collection, Iterable
from datetime import datetime
from itertools import groupby
from operator import itemgetter

from yueke.booking.rules.facts import Cell
from yueke.booking.rules.lesson import LockedLesson
from yueke.inventory import operations as inventory
from yueke.kernel.actor import Actor
from yueke.kernel.transaction import Work


def take_away(
    work: Work, *, actor: Actor, now: datetime, lesson: LockedLesson, reason: str
) -> None:
    """Take the half-hours of a cancelled lesson, locked before, away from its teacher."""
    if lesson.teacher_id is None:
        return
    freed = [(lesson.teacher_id, cell, lesson.id) for cell in lesson.times]
    inventory.give_back_slots(work, market_id=actor.market_id, freed=freed)
    _withdraw(work, actor, now, ((teacher_id, cell) for teacher_id, cell, _ in freed), reason)


def give_back(
    work: Work,
    *,
    actor: Actor,
    now: datetime,
    lessons: Iterable[LockedLesson],
    reason: str,
    taken: Collection[Cell] = (),
) -> None:
    """Open the half-hours of lessons, locked before, to whom they were open.

    Those of a lesson that has begun go: nobody else could have them. So do those that were opened
    for its learner alone. `taken` are half-hours that another lesson takes at once.
    """
    having = [(lesson.teacher_id, lesson) for lesson in lessons if lesson.teacher_id is not None]
    freed = [
        (teacher_id, cell, lesson.id) for teacher_id, lesson in having for cell in lesson.times
    ]
    gone = inventory.slots_not_kept(work, market_id=actor.market_id, freed=freed)
    gone.update(
        (teacher_id, cell)
        for teacher_id, lesson in having
        if lesson.starts_at <= now
        for cell in lesson.times
    )
    inventory.give_back_slots(work, market_id=actor.market_id, freed=freed)
    _withdraw(work, actor, now, gone.difference(taken), reason)


def _withdraw(work: Work, actor: Actor, now: datetime, cells: Iterable[Cell], reason: str) -> None:
    for teacher_id, its in groupby(sorted(cells), key=itemgetter(0)):
        starts = [cell for _, cell in its]
        inventory.withdraw(
            work, actor=actor, now=now, teacher_id=teacher_id, starts=starts, reason=reason
        )
