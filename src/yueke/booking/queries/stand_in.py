"""Teachers who could take a lesson over: its whole time open, and able to teach it."""

from collections.abc import Sequence
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
    [wanted] = _wanted(actor.market_id, [row], now)
    with read() as work:
        if name:
            return inventory.find_named_teachers(work, wanted=wanted, name=name, size=size)
        return inventory.find_teachers(work, wanted=wanted, size=size)


def find_stand_ins_of_each(
    *, actor: Actor, now: datetime, rows: Sequence[LessonRow], size: int
) -> list[list[FreeTeacher]]:
    """Return for each lesson what `find_stand_ins` does; two queries for all.

    Refuses: channel_may_not.
    """
    channels.require(actor, "see", "times")
    wanted = _wanted(actor.market_id, rows, now)
    with read() as work:
        return inventory.find_teachers_of_each(
            work, market_id=actor.market_id, now=now, wanted=wanted, size=size
        )


def _wanted(market_id: int, rows: Sequence[LessonRow], now: datetime) -> list[Wanted]:
    ids = [row.lesson_id for row in rows]
    lessons = Lesson.objects.filter(market_id=market_id, id__in=ids).in_bulk()
    return [
        Wanted(
            market_id=market_id,
            starts=[lessons[row.lesson_id].starts_at],
            skill=f"{row.product}:{row.level}",
            tags=(),
            learner_id=row.learner_id,
            product_id=lessons[row.lesson_id].product_id,
            now=now,
            cells=lessons[row.lesson_id].cells,
        )
        for row in rows
    ]
