"""Book, cancel, finish what nobody took: open one transaction, do one thing."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from functools import partial
from itertools import count

from yueke.booking.operations import vacant
from yueke.booking.operations.book import book
from yueke.booking.operations.cancel import SeatsOfClasses, cancel
from yueke.booking.orders import Booked, BookLesson, Cancelled, CancelSeat, Order
from yueke.kernel.outcome import Answer
from yueke.kernel.refusal import Refusal
from yueke.kernel.transaction import Work, begin, begin_without_waiting, rehearse
from yueke.notices.tries import tried

# Nearly every request key is new, and one that is not fails the call. Keys are looked for at first
# where others' work would fail with it, and for a while after it has happened: who repeats one
# request repeats many. Of each market, when it last did.
_A_WHILE = timedelta(seconds=10)
_came_again: dict[int, datetime] = {}


def book_lessons(
    *, market_id: int, now: datetime, orders: Sequence[Order[BookLesson]], dry_run: bool = False
) -> list[Answer[Booked] | Refusal]:
    """Book lessons for orders of one market (PC-1, H5-1, H5-2, H5-3, LP-2).

    With `dry_run` the answers tell what would happen, and nothing does.
    """
    tries = count()

    def act(work: Work) -> list[Answer[Booked] | Refusal]:
        work.walk_indexes()
        if next(tries):
            _came_again[market_id] = now
        recall = not work.stands_alone or _came_again_lately(market_id, now)
        return book(work, market_id=market_id, now=now, orders=orders, recall=recall)

    return tried(act, rehearse if dry_run else begin_without_waiting)


def _came_again_lately(market_id: int, now: datetime) -> bool:
    last = _came_again.get(market_id)
    return last is not None and now - last < _A_WHILE


def cancel_seats(
    *, market_id: int, now: datetime, orders: Sequence[Order[CancelSeat]], dry_run: bool = False
) -> list[Answer[Cancelled] | Refusal]:
    """Cancel seats for orders of one market (PC-4, H5-7).

    With `dry_run` the answers tell what would happen, and nothing does.
    """

    def act(work: Work, *, with_classes: bool = False) -> list[Answer[Cancelled] | Refusal]:
        work.walk_indexes()
        return cancel(work, market_id=market_id, now=now, orders=orders, with_classes=with_classes)

    try:
        return tried(act, rehearse if dry_run else begin_without_waiting)
    except SeatsOfClasses:
        return tried(partial(act, with_classes=True), rehearse if dry_run else begin)


def finish_vacant(*, now: datetime, limit: int = 200) -> int:
    """Finish fake-cancelled lessons of any market that nobody took before their start.

    Their teachers are paid. Returns how many, at most `limit`.
    """
    with begin() as work:
        return vacant.finish_vacant(work, now=now, limit=limit)
