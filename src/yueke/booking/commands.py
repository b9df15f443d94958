"""Book and cancel: open one transaction, do one thing."""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import TypeVar

from psycopg.errors import UniqueViolation

from yueke.booking.operations.book import book
from yueke.booking.operations.cancel import cancel
from yueke.booking.orders import Booked, BookLesson, Cancelled, CancelSeat, Order
from yueke.kernel.outcome import Answer
from yueke.kernel.refusal import Refusal
from yueke.kernel.transaction import Work, begin

# A key used twice at one instant fails the later transaction, which then finds the answer.
_TRIES = 3
Result = TypeVar("Result")


def book_lessons(
    *, market_id: int, now: datetime, orders: Sequence[Order[BookLesson]]
) -> list[Answer[Booked] | Refusal]:
    """Book lessons for orders of one market (PC-1, H5-1, H5-2, H5-3, LP-2)."""
    return _tried(lambda work: book(work, market_id=market_id, now=now, orders=orders))


def cancel_seats(
    *, market_id: int, now: datetime, orders: Sequence[Order[CancelSeat]]
) -> list[Answer[Cancelled] | Refusal]:
    """Cancel seats for orders of one market (PC-4, H5-7)."""
    return _tried(lambda work: cancel(work, market_id=market_id, now=now, orders=orders))


def _tried(operation: Callable[[Work], Result]) -> Result:
    for tries_left in reversed(range(_TRIES)):
        try:
            with begin() as work:
                work.walk_indexes()
                return operation(work)
        except UniqueViolation:
            if not tries_left:
                raise
    raise AssertionError("unreachable")
