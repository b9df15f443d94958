"""Read the catalogue and learners' progress inside the caller's transaction."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from yueke.curriculum.models import CourseLesson
from yueke.kernel.columns import numbers
from yueke.kernel.transaction import Question, Rows, Work


@dataclass(slots=True)
class Progress:
    """Where a learner stands in a product."""

    learner_id: int
    product_id: int
    course_id: int
    level: int


def catalogue(work: Work, *, market_id: int, now: datetime) -> Rows:
    """Return a market's products as policies have them now, for `rules.read_catalogue`."""
    return work.run(__package__, "catalogue", (now, now, market_id))


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


def progress(*, learner_ids: Iterable[int]) -> Question:
    """Ask where learners stand in each product they have opened; rows are Progress."""
    return Question(__package__, "progress", (numbers(learner_ids),), Progress)
