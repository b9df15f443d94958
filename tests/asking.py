"""Who asks in tests, and how: actors, requests under keys of their own, and answers opened."""

import hashlib
from collections.abc import Sequence
from datetime import datetime
from itertools import count
from typing import Any, TypeVar

from yueke.booking import commands as booking
from yueke.booking.orders import Booked, BookLesson, Cancelled, CancelSeat, Order
from yueke.kernel.actor import Actor
from yueke.kernel.outcome import Answer
from yueke.kernel.refusal import Refusal
from yueke.notices.once import Request
from yueke.people.models import Family, Learner, Teacher

Done = TypeVar("Done")
_keys = count(1)


def parent_of(*, family: Family, channel: str = "parents-h5") -> Actor:
    """Return a family's own login."""
    return Actor(family.market_id, "user", 1_000_000 + family.id, channel, family_id=family.id)


def teacher_of(*, teacher: Teacher) -> Actor:
    """Return a teacher's own login."""
    return Actor(
        teacher.market_id, "user", 2_000_000 + teacher.id, "teachers", teacher_id=teacher.id
    )


def staff_of(*, market_id: int, channel: str = "lp") -> Actor:
    """Return a member of staff behind a channel."""
    return Actor(market_id, "user", 3_000_000 + market_id, channel)


def new_key() -> str:
    """Return a request key that nobody has used."""
    return f"key-{next(_keys)}"


def hash_of(body: Any) -> bytes:
    """Return the SHA-256 of what is asked, as a door would make it of the body's bytes."""
    return hashlib.sha256(repr(body).encode()).digest()


def request(*, actor: Actor, now: datetime, key: str | None = None, body: Any = "") -> Request:
    """Return a request, under a key of its own unless one is named."""
    return Request(actor, key or new_key(), hash_of(body), now)


def to_book(
    *,
    learner: Learner,
    teacher: Teacher,
    starts_at: datetime,
    product: str = "major",
    asset: str = "credit",
    lot_id: int | None = None,
    reason: str = "",
) -> BookLesson:
    """Return the command that books a lesson."""
    return BookLesson(learner.id, teacher.id, starts_at, product, asset, lot_id, reason)


def order_of(
    *,
    actor: Actor,
    commands: Sequence[Any],
    key: str | None = None,
    body: Any = None,
    all_or_none: bool = False,
) -> Order[Any]:
    """Return an order; its body's hash is that of its commands unless another is named."""
    asked = hash_of((commands, all_or_none) if body is None else body)
    return Order(actor, key or new_key(), asked, list(commands), all_or_none)


def book(
    *,
    actor: Actor,
    commands: Sequence[BookLesson],
    now: datetime,
    key: str | None = None,
    all_or_none: bool = False,
) -> list[Booked | Refusal]:
    """Book a list of lessons in one order and return its results."""
    order = order_of(actor=actor, commands=commands, key=key, all_or_none=all_or_none)
    [answer] = book_orders(orders=[order], now=now)
    return results_of(answer)


def book_orders(
    *, orders: Sequence[Order[BookLesson]], now: datetime
) -> list[Answer[Booked] | Refusal]:
    """Carry out orders of one market in one call."""
    return booking.book_lessons(market_id=orders[0].actor.market_id, now=now, orders=orders)


def cancel_orders(
    *, orders: Sequence[Order[CancelSeat]], now: datetime
) -> list[Answer[Cancelled] | Refusal]:
    """Carry out cancellations of one market in one call."""
    return booking.cancel_seats(market_id=orders[0].actor.market_id, now=now, orders=orders)


def book_one(*, actor: Actor, command: BookLesson, now: datetime) -> Booked:
    """Book one lesson, which must succeed."""
    [booked] = book(actor=actor, commands=[command], now=now)
    assert isinstance(booked, Booked), booked
    return booked


def cancel(
    *,
    actor: Actor,
    seats: Sequence[int],
    now: datetime,
    key: str | None = None,
    all_or_none: bool = False,
) -> list[Cancelled | Refusal]:
    """Cancel a list of seats in one order and return its results."""
    commands = [CancelSeat(seat_id) for seat_id in seats]
    order = order_of(actor=actor, commands=commands, key=key, all_or_none=all_or_none)
    [answer] = cancel_orders(orders=[order], now=now)
    return results_of(answer)


def results_of(answer: Answer[Done] | Refusal) -> list[Done | Refusal]:
    """Return an order's results; an order refused as a whole fails the test."""
    assert isinstance(answer, Answer), answer
    return answer.results


def done(answer: Answer[Done] | Refusal) -> list[Done]:
    """Return an order's results, all of which must be successes."""
    results = []
    for result in results_of(answer):
        assert not isinstance(result, Refusal), result
        results.append(result)
    return results


def codes(results: Sequence[object]) -> list[str]:
    """Return the code of each refusal among results, and `done` for each success."""
    return [result.code if isinstance(result, Refusal) else "done" for result in results]


def codes_of(answer: Answer[Any] | Refusal) -> list[str]:
    """Return the codes of an order's results; an order refused as a whole fails the test."""
    return codes(results_of(answer))
