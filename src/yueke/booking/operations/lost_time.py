"""The time of a lesson whose teacher isn't there goes: nobody else could have it."""

from datetime import datetime

from yueke.booking.rules.lesson import LockedLesson
from yueke.inventory import operations as inventory
from yueke.kernel.actor import Actor
from yueke.kernel.transaction import Work


def take_away(work: Work, *, actor: Actor, now: datetime, lesson: LockedLesson) -> None:
    """Take the half-hours of a cancelled lesson, locked before, away from its teacher."""
    if lesson.teacher_id is None:
        return
    freed = [(lesson.teacher_id, cell, lesson.id) for cell in lesson.times]
    inventory.give_back_slots(work, market_id=actor.market_id, freed=freed)
    inventory.withdraw(
        work, actor=actor, now=now, teacher_id=lesson.teacher_id, starts=lesson.times
    )
