"""Read the catalogue, read and change learners' progress inside the caller's transaction."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from yueke.curriculum.models import CourseLesson
from yueke.curriculum.rules import Priced
from yueke.kernel.columns import numbers
from yueke.kernel.transaction import Question, Work


@dataclass(slots=True)
class Progress:
    """Where a learner stands in a product."""

    learner_id: int
    product_id: int
    course_id: int
    level: int


def catalogue(*, market_id: int, now: datetime) -> Question:
    """Ask for a market's products as policies have them now; rows are Priced."""
    params = {"market_id": market_id, "now": now}
    return Question(__package__, "catalogue", params, Priced)


@dataclass(slots=True)
class Moved:
    """Which lesson of a course a learner was taught, and how many lessons they moved by."""

    learner_id: int
    number: int
    lessons: int


def move_progress_on(
    work: Work, *, learner_ids: Iterable[int], course_id: int, number: int | None
) -> list[Moved]:
    """Let learners, locked before, go on after a lesson of a course; none: after their next.

    Who has left the course for another level meanwhile stays where they are.
    """
    params = (number, course_id, numbers(learner_ids))
    return [Moved(*row) for row in work.run(__package__, "move_progress_on", params)]


def move_progress_back(work: Work, *, course_id: int, moved: Iterable[tuple[int, int]]) -> None:
    """Move learners, locked before, back by what they had moved: (learner id, lessons).

    Lessons finished meanwhile stay counted. Who has left the course stays where they are.
    """
    back = list(moved)
    columns = (numbers(learner for learner, _ in back), numbers(lessons for _, lessons in back))
    work.write(__package__, "move_progress_back", (*columns, course_id))


def has_lesson(*, course_id: int, number: int) -> bool:
    """Tell whether a course has a lesson of this number."""
    return CourseLesson.objects.filter(course_id=course_id, number=number).exists()


def progress(*, wanted: Iterable[tuple[int, int]]) -> Question:
    """Ask where learners stand in products, by (learner id, product id); rows are Progress."""
    pairs = list(wanted)
    params = (numbers(learner for learner, _ in pairs), numbers(product for _, product in pairs))
    return Question(__package__, "progress", params, Progress)


@dataclass(slots=True)
class Opened:
    """A course that was opened for a learner: the progress of it, and its level."""

    learner_id: int
    progress_id: int
    level: int


def open_first_course(
    work: Work, *, market_id: int, product: str, learner_ids: Iterable[int]
) -> list[Opened]:
    """Open the first course of a product for learners, locked before, who have none of it yet."""
    params = (market_id, product, numbers(learner_ids))
    return [Opened(*row) for row in work.run(__package__, "open_first_course", params)]


def close_courses(work: Work, *, opened: Iterable[Opened]) -> None:
    """Take back courses that this transaction opened."""
    work.write(__package__, "close_courses", (numbers(one.progress_id for one in opened),))
