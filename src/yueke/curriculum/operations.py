"""Read the catalogue and learners' progress inside the caller's transaction."""

from collections.abc import Iterable

from yueke.kernel.columns import numbers
from yueke.kernel.transaction import Rows, Work


def catalogue(work: Work, *, market_id: int) -> Rows:
    """Return a market's products with their prices, for `rules.read_catalogue`."""
    return work.run(__package__, "catalogue", (market_id,))


def progress(work: Work, *, learner_ids: Iterable[int]) -> Rows:
    """Return rows of learner id, product id, course id, level."""
    return work.run(__package__, "progress", (numbers(learner_ids),))
