"""What can be booked: teachers and half-hours that suit a learner."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from yueke.curriculum.models import CELLS_MAX
from yueke.curriculum.refusals import CourseNotOpen, ProductUnknown
from yueke.inventory import queries as inventory
from yueke.inventory.queries import FreeTeacher, Wanted
from yueke.kernel.actor import Actor
from yueke.kernel.grid import HALF_HOUR, cells_between, cells_of
from yueke.kernel.transaction import Question, Work, read
from yueke.people import channels
from yueke.people.refusals import LearnerNotFound, TeacherNotFound


@dataclass(frozen=True, slots=True)
class Search:
    """When and for what a learner looks: a product's code, and teachers' tags.

    The half-open window holds the whole lesson, which may be of several half-hours.
    """

    learner_id: int
    product: str
    begin: datetime
    end: datetime
    tags: Sequence[str] = ()


def find_teachers(
    *,
    actor: Actor,
    now: datetime,
    search: Search,
    name: str = "",
    size: int = 20,
    after: tuple[int, int] | None = None,
) -> list[FreeTeacher]:
    """Return teachers free in the window when the learner is too, best rating first.

    `name` is part of a teacher's name. `after` is the (rating, teacher id) that ended the page
    before.
    Refuses: channel_may_not, learner_not_found, product_unknown, course_not_open.
    """
    with read() as work:
        wanted = _wanted(work, actor, now, search)
        if name:
            return inventory.find_named_teachers(
                work, wanted=wanted, name=name, size=size, after=after
            )
        return inventory.find_teachers(work, wanted=wanted, size=size, after=after)


def get_free_times(*, actor: Actor, now: datetime, search: Search, teacher_id: int) -> FreeTeacher:
    """Return one teacher with the half-hours free for this learner, perhaps none.

    Refuses as `find_teachers`, and teacher_not_found.
    """
    with read() as work:
        wanted = _wanted(work, actor, now, search)
        found = inventory.get_free_times(work, wanted=wanted, teacher_id=teacher_id)
    if found is None:
        raise TeacherNotFound(teacher_id)
    return found


def find_half_hours(
    *, actor: Actor, now: datetime, search: Search, count_up_to: int = 1
) -> list[tuple[datetime, int]]:
    """Return half-hours of the window with any teacher for this learner, and how many.

    Teachers of a half-hour are counted up to `count_up_to`. Refuses as `find_teachers`.
    """
    with read() as work:
        wanted = _wanted(work, actor, now, search)
        return inventory.find_half_hours(work, wanted=wanted, count_up_to=count_up_to)


def find_teachers_at(
    *, actor: Actor, now: datetime, learner_id: int, product: str, start: datetime, size: int
) -> list[int]:
    """Return teachers free for a learner at a half-hour, which may have begun, best rating first.

    Refuses as `find_teachers`.
    """
    search = Search(learner_id, product, start, start + CELLS_MAX * HALF_HOUR)
    with read() as work:
        wanted = _wanted(work, actor, now, search, has_begun=start <= now)
        wanted = replace(wanted, starts=[one for one in wanted.starts if one == start])
        found = inventory.find_teachers(work, wanted=wanted, size=size)
    return [one.teacher_id for one in found]


@dataclass(slots=True)
class _Facts:
    """What a learner's search depends on; `busy` are the cells taken in the window."""

    family_id: int
    product_id: int | None
    cells: int | None
    level: int | None
    busy: list[datetime]


def _wanted(
    work: Work, actor: Actor, now: datetime, search: Search, *, has_begun: bool = False
) -> Wanted:
    channels.require(actor, "see", "times")
    who = (search.product, actor.market_id, search.learner_id)
    params = (search.begin, search.end, *who)
    [known] = work.ask(Question("yueke.booking", "search_facts", params, _Facts)).fetch()
    if not known or not actor.may_touch_family(known[0].family_id):
        raise LearnerNotFound(search.learner_id)
    facts = known[0]
    if facts.product_id is None or facts.cells is None:
        raise ProductUnknown(search.product)
    if facts.level is None:
        raise CourseNotOpen(search.product)
    taken = set(facts.busy)
    # A lesson that begins at this very moment is too late to book.
    earliest = search.begin if has_begun else max(search.begin, now + datetime.resolution)
    free = {*cells_between(earliest, search.end)} - taken
    return Wanted(
        market_id=actor.market_id,
        starts=[cell for cell in sorted(free) if free.issuperset(cells_of(cell, facts.cells))],
        skill=f"{search.product}:{facts.level}",
        tags=search.tags,
        learner_id=search.learner_id,
        product_id=facts.product_id,
        now=now,
        cells=facts.cells,
    )
