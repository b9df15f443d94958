"""The real application behind HTTP, and the systems that call it with keys of their own.

Times lie around the real clock, which the doors read.
"""

import socket
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, cast

import httpx
import pytest
import uvicorn
from a2wsgi import WSGIMiddleware
from django.db import connections
from pytest_django import DjangoDbBlocker

from tests import asking, database, world
from tests.world import Company
from yueke.api.hot.routes import SEARCHES_AT_ONCE, THREADS, WRITERS, HotRoutes
from yueke.booking.orders import Booked
from yueke.cli import web
from yueke.cli.verify import laws
from yueke.config.asgi import WSGI_THREADS, wsgi
from yueke.config.routing import application_of
from yueke.inventory import commands as inventory
from yueke.kernel.actor import Actor
from yueke.kernel.grid import HALF_HOUR, floor, show_instant
from yueke.people import commands as people
from yueke.people import public_ids
from yueke.people.models import ApiKey, Family, Learner, Teacher

__all__ = ["company", "every_law_holds", "other_company", "served_url", "transactional_db"]

API = "/api/v1"
PROBLEM = "application/problem+json"
_NOW = floor(datetime.now(UTC))
# A test begins so long before the half-hour ends: what is under way in it stays so.
_LEFT = timedelta(seconds=10)
_test_began = {"at": _NOW}


def ahead(*, hours: float = 48) -> datetime:
    """Return a half-hour of the grid about so many hours from now, the same in every test."""
    return _NOW + HALF_HOUR * int(hours * 2)


def begun() -> datetime:
    """Return the half-hour that is under way while the test runs."""
    return floor(_test_began["at"])


def soon() -> datetime:
    """Return the half-hour that begins next, after the test."""
    return begun() + HALF_HOUR


def _begin() -> None:
    """Begin a test in a half-hour that lasts."""
    now = datetime.now(UTC)
    while floor(now + _LEFT) != floor(now):
        time.sleep(1)
        now = datetime.now(UTC)
    _test_began["at"] = now


def written(*instants: datetime) -> list[str]:
    """Return instants as the API writes them."""
    return [show_instant(instant) for instant in instants]


def id_of(row: Learner | Teacher | Family) -> str:
    """Return the public id of a person."""
    prefixes: dict[type, str] = {Learner: "lrn", Teacher: "tch", Family: "fam"}
    return public_ids.show(prefixes[type(row)], row.pk)


@dataclass(frozen=True)
class Caller:
    """Another system with its key."""

    http: httpx.Client
    secret: str
    key: ApiKey

    @property
    def authorization(self) -> dict[str, str]:
        """The header that says who calls."""
        return {"Authorization": f"Bearer {self.secret}"}

    def get(self, path: str, **query: Any) -> httpx.Response:
        """Read an address; a parameter `from` is written `from_`."""
        params = {name.rstrip("_"): value for name, value in query.items()}
        return self.http.get(API + path, params=params, headers=self.authorization)

    def post(self, path: str, body: Any, *, key: str | None = None) -> httpx.Response:
        """Send a body under a request key, a new one unless it is named."""
        headers = {**self.authorization, "Idempotency-Key": key or asking.new_key()}
        return self.http.post(API + path, json=body, headers=headers)


@dataclass
class Desk:
    """A company whose systems call the served application."""

    company: Company
    http: httpx.Client

    def caller(
        self,
        channel: str,
        *,
        family: Family | None = None,
        teacher: Teacher | None = None,
        requests_per_minute: int = 600_000,
    ) -> Caller:
        """Make a key for a channel, perhaps for one family or one teacher only."""
        key, secret = people.create_api_key(
            actor=Actor(self.company.market_id, "job", 0, "system"),
            now=datetime.now(UTC),
            channel=channel,
            family_id=family.pk if family else None,
            teacher_id=teacher.pk if teacher else None,
            requests_per_minute=requests_per_minute,
        )
        return Caller(self.http, secret, key)

    def teacher(self, *starts: datetime, **more: Any) -> Teacher:
        """Add a teacher who has opened these half-hours."""
        teacher = world.add_teacher(company=self.company, **more)
        if starts:
            self.open(teacher, *starts)
        return teacher

    def open(self, teacher: Teacher, *starts: datetime) -> None:
        """Have a teacher open half-hours for anyone."""
        request = asking.request(actor=asking.teacher_of(teacher=teacher), now=datetime.now(UTC))
        released = inventory.release_slots(request, teacher_id=teacher.id, starts=starts)
        asking.done(released)

    def learner(self, **more: Any) -> Learner:
        """Add a learner."""
        return world.add_learner(company=self.company, **more)

    def parents(self, learner: Learner, *, channel: str = "parents-h5") -> Caller:
        """Return a key of a learner's own family."""
        return self.caller(channel, family=learner.family)

    def lot(self, learner: Learner, *, asset: str, amount: int = 1, **more: Any) -> str:
        """Grant a learner something through the API and return its id."""
        body = {"learner": id_of(learner), "asset": asset, "amount": amount, **more}
        granted = self.caller("marketing").post("/grants", body)
        assert granted.status_code == 201, granted.text
        return str(granted.json()["id"])


def booked_before(
    desk: Desk,
    learner: Learner,
    start: datetime,
    *,
    teacher: Teacher | None = None,
    channel: str = "lp",
    product: str = "major",
) -> tuple[Teacher, str]:
    """Book a lesson an hour before it starts, whenever that was; return teacher and seat.

    A teacher who is named has the time open already.
    """
    earlier = start - 2 * HALF_HOUR
    if teacher is None:
        teacher = desk.teacher()
        world.open_slots(company=desk.company, teacher=teacher, starts=[start], now=earlier)
    asked = asking.to_book(learner=learner, teacher=teacher, starts_at=start)
    asked.product = product
    actor = asking.staff_of(market_id=desk.company.market_id, channel=channel)
    order = asking.order_of(actor=actor, commands=[asked])
    [lesson] = asking.results_of(asking.book_orders(orders=[order], now=earlier)[0])
    assert isinstance(lesson, Booked)
    return teacher, public_ids.show("st", lesson.seat_id)


def booking(
    learner: Learner, teacher: Teacher, starts_at: datetime, product: str = "major", **more: Any
) -> dict[str, Any]:
    """Return the body that asks for a lesson."""
    return {
        "learner": id_of(learner),
        "teacher": id_of(teacher),
        "starts_at": show_instant(starts_at),
        "product": product,
        **more,
    }


def refused(response: httpx.Response) -> tuple[int, str]:
    """Return status and code of a refusal, which must be an RFC 9457 problem."""
    assert response.headers["content-type"] == PROBLEM, response.text
    body = response.json()
    assert body["status"] == response.status_code
    assert body["type"] == f"/problems/{body['code']}"
    assert body["title"]
    return response.status_code, body["code"]


def done(response: httpx.Response) -> dict[str, Any]:
    """Return the body of a success."""
    assert response.status_code in {200, 201}, response.text
    body: dict[str, Any] = response.json()
    return body


def together(*calls: Callable[[], httpx.Response]) -> list[httpx.Response]:
    """Make calls at one instant, each from a thread of its own, and return their answers."""
    barrier = threading.Barrier(len(calls))

    def at_once(call: Callable[[], httpx.Response]) -> httpx.Response:
        barrier.wait()
        return call()

    with ThreadPoolExecutor(len(calls)) as threads:
        return list(threads.map(at_once, calls))


def balances(caller: Caller, learner: Learner) -> dict[str, int]:
    """Return how many units of each asset a wallet shows."""
    found: dict[str, int] = {}
    for lot in done(caller.get(f"/learners/{id_of(learner)}/wallet"))["lots"]:
        found[lot["asset"]] = found.get(lot["asset"], 0) + lot["balance"]
    return found


@contextmanager
def serving(application: Any, pools: dict[ThreadPoolExecutor, int]) -> Iterator[str]:
    """Serve an application as `yueke web` does, and give its address.

    `pools` are its threads; their connections are closed, so that the database can be dropped.
    """
    server = uvicorn.Server(web.config_of(application))
    with socket.create_server(("127.0.0.1", 0)) as listener:
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]})
        thread.start()
        while not server.started:
            time.sleep(0.01)
        yield f"http://127.0.0.1:{listener.getsockname()[1]}"
        server.should_exit = True
        thread.join()
    for pool, size in pools.items():
        _close_connections(pool, size)


def django_behind_wsgi() -> WSGIMiddleware:
    """Return Django in a pool of threads, as it stands beside the hot routes."""
    return WSGIMiddleware(cast(Any, wsgi), workers=WSGI_THREADS)


def _close_connections(pool: ThreadPoolExecutor, size: int) -> None:
    barrier = threading.Barrier(size)

    def close() -> None:
        barrier.wait()
        connections.close_all()

    for ended in [pool.submit(close) for _ in range(size)]:
        ended.result()
    pool.shutdown()


@pytest.fixture(scope="session")
def served_url(django_db_setup: None) -> Iterator[str]:
    """Serve the application for the run and return its address."""
    hot, django = HotRoutes(), django_behind_wsgi()
    pools = {
        hot.threads: THREADS,
        hot.writers: WRITERS,
        hot.searchers: SEARCHES_AT_ONCE,
        django.executor: WSGI_THREADS,
    }
    with serving(application_of(hot=hot, django=django), pools) as url:
        yield url


@pytest.fixture
def transactional_db(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """Let a test and the application's threads commit, and empty the tables afterwards.

    It stands in for the fixture of this name, which truncates every table.
    """
    with django_db_blocker.unblock():
        yield
        database.empty_tables()


@pytest.fixture
def company(transactional_db: None, served_url: str) -> Iterator[Desk]:
    """Return the company that a test is about."""
    _begin()
    with httpx.Client(base_url=served_url, timeout=60) as http:
        yield Desk(world.open_company(code="cn"), http)


@pytest.fixture
def other_company(company: Desk) -> Desk:
    """Return a company in another market, served by the same application."""
    return Desk(world.open_company(code="us", zone="America/New_York"), company.http)


@pytest.fixture
def every_law_holds(transactional_db: None) -> Iterator[None]:
    """Check after the test that nothing broke a law (I-1 to I-9)."""
    yield
    broken = [one for one in laws.check(now=datetime.now(UTC)) if one.broken]
    assert not broken, broken


def slots_of(
    caller: Caller, teacher: Teacher, begin: datetime, *, days: int = 14
) -> Sequence[dict[str, Any]]:
    """Return a teacher's slots of a window."""
    end = begin + timedelta(days=days)
    found = caller.get(
        "/slots", teacher=id_of(teacher), from_=show_instant(begin), to=show_instant(end)
    )
    slots: Sequence[dict[str, Any]] = done(found)["slots"]
    return slots
