"""Occupy teachers for overbooked lessons: topped up and given back before each half-hour (SD-7)."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from yueke.booking.overbooking.models import OverbookStep
from yueke.booking.overbooking.rooms import Room, rooms_of
from yueke.curriculum import queries as curriculum
from yueke.curriculum.rules import ProductFacts
from yueke.inventory import operations as inventory
from yueke.kernel.actor import Actor
from yueke.kernel.grid import HALF_HOUR, cells_between
from yueke.kernel.transaction import Question, begin, read
from yueke.people.models import Market

AHEAD = timedelta(days=14)
Key = tuple[int, datetime]


@dataclass(slots=True)
class Demand:
    """Lessons of a product and level that have no teacher at a half-hour."""

    product_id: int
    starts_at: datetime
    level: int
    lessons: int


@dataclass(slots=True)
class Held:
    """How many teachers are held for a product at a half-hour."""

    product_id: int
    starts_at: datetime
    teachers: int


def occupy_all(*, now: datetime) -> None:
    """Hold what is wanted in every market."""
    for market_id in Market.objects.values_list("id", flat=True):
        occupy(market_id=market_id, now=now)


def occupy(*, market_id: int, now: datetime) -> tuple[int, int]:
    """Hold as many teachers as the strategy wants for the coming two weeks (SD-7).

    Returns how many half-hours of teachers were held and let go. A half-hour is one transaction.
    """
    facts = {one.id: one for one in curriculum.facts(market_id=market_id, now=now).values()}
    rooms, levels, held = look(market_id=market_id, begin=now, end=now + AHEAD)
    taken = freed = 0
    for key, room in sorted(rooms.items(), key=lambda one: one[0][1]):
        missing = room.wanted - held.get(key, 0)
        if missing > 0:
            skills = _skills(facts[room.product_id], levels.get(key, {}))
            taken += _hold(market_id, now, room, facts[room.product_id], skills, missing)
        elif missing < 0:
            freed += _let_go(market_id, now, room, -missing)
    return taken, freed


def look(
    *, market_id: int, begin: datetime, end: datetime, product_id: int | None = None
) -> tuple[dict[Key, Room], dict[Key, dict[int, int]], dict[Key, int]]:
    """Return room, lessons by level, and teachers held, each by product and half-hour.

    Of all half-hours in the range, of products that have a strategy, or had one: what is booked
    and held by it stays until it is given back. With `product_id` only of that one.
    """
    steps = OverbookStep.objects.filter(market_id=market_id)
    products = set(steps.values_list("product_id", flat=True).distinct())
    span = (market_id, begin, end)
    demand: list[Demand]
    held: list[Held]
    with read() as work:
        demand, held = work.ask(
            Question(__package__, "demand", span, Demand),
            Question(__package__, "held", span, Held),
        ).fetch()
        products |= {one.product_id for one in demand} | {one.product_id for one in held}
        if product_id is not None:
            products &= {product_id}
        cells = list(cells_between(begin, end))
        keys = [(product, cell) for product in sorted(products) for cell in cells]
        [rooms] = work.ask(rooms_of(market_id=market_id, rooms=keys)).fetch()
    levels: dict[Key, dict[int, int]] = defaultdict(dict)
    for one in demand:
        levels[one.product_id, one.starts_at][one.level] = one.lessons
    return (
        {(room.product_id, room.starts_at): room for room in rooms},
        levels,
        {(one.product_id, one.starts_at): one.teachers for one in held},
    )


def _skills(product: ProductFacts, levels: Mapping[int, int]) -> list[str]:
    """Return what teachers are to teach: the levels that are booked, or any where none is yet."""
    wanted = levels or range(100)
    return [f"{product.code}:{level}" for level in wanted]


def _hold(
    market_id: int,
    now: datetime,
    room: Room,
    product: ProductFacts,
    skills: list[str],
    count: int,
) -> int:
    with begin() as work:
        return inventory.hold(
            work,
            actor=_timer(market_id),
            now=now,
            product_id=room.product_id,
            starts_at=room.starts_at,
            until=room.starts_at + product.cells * HALF_HOUR,
            skills=skills,
            count=count,
        )


def _let_go(market_id: int, now: datetime, room: Room, count: int) -> int:
    with begin() as work:
        return inventory.let_go(
            work,
            actor=_timer(market_id),
            now=now,
            product_id=room.product_id,
            starts_at=room.starts_at,
            count=count,
        )


def _timer(market_id: int) -> Actor:
    return Actor(market_id, "job", 0, "supply")
