"""Read the catalogue and learners' progress inside the caller's transaction."""

from collections.abc import Iterable
from dataclasses import dataclass

from yueke.kernel.columns import numbers
from yueke.kernel.transaction import Question, Rows, Work


@dataclass(slots=True)
class Progress:
    """Where a learner stands in a product."""

    learner_id: int
    product_id: int
    course_id: int
    level: int


def catalogue(work: Work, *, market_id: int) -> Rows:
    """Return a market's products with their prices, for `rules.read_catalogue`."""
    return work.run(__package__, "catalogue", (market_id,))


def move_progress(work: Work, *, learner_ids: Iterable[int], course_id: int, lessons: int) -> None:
    """Move learners, locked before, along a course: one lesson on is 1, one back is -1.

    Who has left the course for another level meanwhile stays where they are.
    """
    params = (lessons, course_id, numbers(learner_ids))
    work.write(__package__, "move_progress", params)


def progress(*, learner_ids: Iterable[int]) -> Question:
    """Ask where learners stand in each product they have opened; rows are Progress."""
    return Question(__package__, "progress", (numbers(learner_ids),), Progress)
