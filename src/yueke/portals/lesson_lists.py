"""Lessons on now or to come, and lessons that are over: told apart by the end of each."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta

from django.db.models import Max

from yueke.booking import queries as booking_queries
from yueke.booking.queries import LessonRow, Which
from yueke.curriculum import queries as curriculum_queries
from yueke.kernel.actor import Actor
from yueke.portals.lesson_state import is_over


def list_to_come(*, actor: Actor, now: datetime, which: Which, size: int) -> list[LessonRow]:
    """Return those of the lessons that are on at `now` or begin later, first to last."""
    since = replace(which, begin=now - _longest(actor.market_id))
    return _list(actor, since, size, lambda row: not is_over(row=row, now=now))


def list_past(*, actor: Actor, now: datetime, which: Which, size: int) -> list[LessonRow]:
    """Return those of the lessons that are over at `now`, last to first."""
    begun = replace(which, end=now, newest_first=True)
    return _list(actor, begun, size, lambda row: is_over(row=row, now=now))


def _longest(market_id: int) -> timedelta:
    """Return how long the market's longest lesson takes: what began before is over."""
    products = curriculum_queries.list_products(market_id=market_id)
    return timedelta(minutes=products.aggregate(longest=Max("minutes"))["longest"] or 0)


def _list(
    actor: Actor, which: Which, size: int, fits: Callable[[LessonRow], bool]
) -> list[LessonRow]:
    """Return the first rows that fit; each step asks for more, since many may not."""
    found: list[LessonRow] = []
    step = size
    while True:
        rows = booking_queries.list_lessons(actor=actor, which=which, size=step)
        found += [row for row in rows if fits(row)]
        if len(found) >= size or len(rows) < step:
            return found[:size]
        which = replace(which, after=(rows[-1].starts_at, rows[-1].seat_id))
        step *= 4
