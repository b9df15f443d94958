"""What pages look for: lessons by when they start, however long they are."""

from collections.abc import Sequence
from datetime import datetime

from yueke.booking.queries import Search
from yueke.curriculum.models import Product
from yueke.kernel.grid import HALF_HOUR


def lesson_search(
    *,
    learner_id: int,
    product: Product,
    begin: datetime,
    end: datetime,
    tags: Sequence[str] = (),
) -> Search:
    """Return a search for a learner's lessons that start in the half-open window."""
    return Search(learner_id, product.code, begin, end + HALF_HOUR * (product.cells - 1), tags)
