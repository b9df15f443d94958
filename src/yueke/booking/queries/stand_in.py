"""Teachers who could take a lesson over: its whole time open, and able to teach it."""

from datetime import datetime

from yueke.booking.models import Lesson
from yueke.booking.queries.seats import LessonRow
from yueke.inventory import queries as inventory
from yueke.inventory.queries import FreeTeacher, Wanted
from yueke.kernel.actor import Actor
from yueke.kernel.grid import cells_of
from yueke.kernel.transaction import Work, read
from yueke.people import channels

STEP = 50


def find_stand_ins(
    *, actor: Actor, now: datetime, row: LessonRow, name: str = "", size: int = 20
) -> list[FreeTeacher]:
    """Return teachers with all of a lesson's time open, best rating first.

    `name` is part of a teacher's name. Refuses: channel_may_not.
    """
    channels.require(actor, "see", "times")
    wanted = _wanted(actor.market_id, row, now)
    found: list[FreeTeacher] = []
    after: tuple[int, int] | None = None
    with read() as work:
        while len(found) < size:
            step = _step(work, wanted, name, after)
            found += [free for free in step if len(free.starts) == len(wanted.starts)]
            if len(step) < STEP:
                break
            after = (step[-1].rating, step[-1].teacher_id)
    return found[:size]


def _step(
    work: Work, wanted: Wanted, name: str, after: tuple[int, int] | None
) -> list[FreeTeacher]:
    if name:
        return inventory.find_named_teachers(work, wanted=wanted, name=name, size=STEP, after=after)
    return inventory.find_teachers(work, wanted=wanted, size=STEP, after=after)


def _wanted(market_id: int, row: LessonRow, now: datetime) -> Wanted:
    lesson = Lesson.objects.get(market_id=market_id, id=row.lesson_id)
    return Wanted(
        market_id=market_id,
        starts=cells_of(lesson.starts_at, lesson.cells),
        skill=f"{row.product}:{row.level}",
        tags=(),
        learner_id=row.learner_id,
        product_id=lesson.product_id,
        now=now,
    )
