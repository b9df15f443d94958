"""What the demo's parent did today, through the same door as every parent."""

import hashlib
from collections.abc import Iterator
from datetime import datetime, timedelta

from yueke.booking import commands as booking
from yueke.booking import queries
from yueke.booking.orders import Booked, BookLesson, CancelSeat, Order
from yueke.booking.queries import Search
from yueke.cli.demo.weeks import COMING, Weeks
from yueke.kernel.actor import Actor
from yueke.kernel.refusal import Refusal

_EVENING = (timedelta(hours=18), timedelta(hours=22))
# Of the coming week: never of this one, whose slots are booked as the seed says.
_DAYS = range(1, 7)


def play(*, parent: Actor, learner_ids: tuple[int, int], now: datetime) -> None:
    """Book a lesson for each learner, with a credit and with a coupon, and cancel another."""
    first, second = learner_ids
    _book(parent, now, key="demo-1", learner_id=first, asset="coupon")
    _book(parent, now, key="demo-2", learner_id=second, asset="credit")
    booked = _book(parent, now, key="demo-3", learner_id=first, asset="credit")
    if booked is not None:
        cancel = CancelSeat(booked.seat_id, reason="奶奶生日")
        order = Order(parent, "demo-4", _hash("demo-4"), [cancel])
        booking.cancel_seats(market_id=parent.market_id, now=now, orders=[order])


def _book(parent: Actor, now: datetime, *, key: str, learner_id: int, asset: str) -> Booked | None:
    """Book the best teacher of the next free evening, or nothing where none has time."""
    for begin in _evenings(now):
        search = Search(learner_id, "major", begin, begin + _EVENING[1] - _EVENING[0])
        found = queries.find_teachers(actor=parent, now=now, search=search, size=1)
        if not found:
            continue
        free = found[0]
        command = BookLesson(learner_id, free.teacher_id, free.starts[0], "major", asset)
        order = Order(parent, key, _hash(key), [command])
        [answer] = booking.book_lessons(market_id=parent.market_id, now=now, orders=[order])
        assert not isinstance(answer, Refusal)
        result = answer.results[0]
        return None if isinstance(result, Refusal) else result
    return None


def _evenings(now: datetime) -> Iterator[datetime]:
    for day in _DAYS:
        yield Weeks(now).monday + timedelta(weeks=COMING, days=day) + _EVENING[0]


def _hash(key: str) -> bytes:
    return hashlib.sha256(key.encode()).digest()
