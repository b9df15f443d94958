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


def progress(*, learner_ids: Iterable[int]) -> Question:
    """Ask where learners stand in each product they have opened; rows are Progress."""
    return Question(__package__, "progress", (numbers(learner_ids),), Progress)
