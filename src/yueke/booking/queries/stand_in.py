"""Teachers who could take a lesson over: its whole time open, and able to teach it."""

from datetime import datetime

from yueke.booking.models import Lesson
from yueke.booking.queries.seats import LessonRow
from yueke.inventory import queries as inventory
from yueke.inventory.queries import FreeTeacher, Wanted
from yueke.kernel.actor import Actor
from yueke.kernel.transaction import read
from yueke.people import channels


def find_stand_ins(
    *, actor: Actor, now: datetime, row: LessonRow, name: str = "", size: int = 20
) -> list[FreeTeacher]:
    """Return teachers with all of a lesson's time open, best rating first.

    `name` is part of a teacher's name. Refuses: channel_may_not.
    """
    channels.require(actor, "see", "times")
    wanted = _wanted(actor.market_id, row, now)
    with read() as work:
        if name:
            return inventory.find_named_teachers(work, wanted=wanted, name=name, size=size)
        return inventory.find_teachers(work, wanted=wanted, size=size)


def _wanted(market_id: int, row: LessonRow, now: datetime) -> Wanted:
    lesson = Lesson.objects.get(market_id=market_id, id=row.lesson_id)
    return Wanted(
        market_id=market_id,
        starts=[lesson.starts_at],
        skill=f"{row.product}:{row.level}",
        tags=(),
        learner_id=row.learner_id,
        product_id=lesson.product_id,
        now=now,
        cells=lesson.cells,
    )
