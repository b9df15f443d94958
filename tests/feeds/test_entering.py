"""Room entries by NATS JetStream and RabbitMQ: real servers, messages doubled, late and broken."""

import asyncio
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

import aio_pika
import nats
import pytest
from django.db import OperationalError, connection

from tests.served import Desk, done, id_of, soon
from tests.spec.supply.trials import may_overbook, overbooking
from tests.spec.upstreams.offering import add_product
from yueke.feeds.entering import Fate, Told, take
from yueke.feeds.listening import listening
from yueke.kernel.grid import show_instant
from yueke.people import public_ids
from yueke.supply.matching.models import Wait

NATS, RABBIT = os.environ.get("YUEKE_TEST_NATS_URL"), os.environ.get("YUEKE_TEST_RABBITMQ_URL")
# A worker that dies when the first entry has been committed, before it is acknowledged.
DYING = """
import os, signal, time
from datetime import UTC, datetime
import django
django.setup()
from yueke.feeds import listening
take = listening.take
def take_and_die(**asked):
    take(**asked)
    os.kill(os.getpid(), signal.SIGKILL)
listening.take = take_and_die
with listening.listening(clock=lambda: datetime.now(UTC)):
    time.sleep(60)
"""


@dataclass
class Place:
    """A broker, and a name on it that only this test uses."""

    url: str
    name: str

    def send(self, bodies: Sequence[bytes]) -> None:
        """Send room entries as the classroom does."""
        send = _to_nats if self.url == NATS else _to_rabbit
        asyncio.run(send(self, "cn.room.entered", bodies))

    def left(self) -> int:
        """Return how many messages are not settled yet."""
        return asyncio.run(_left_on_nats(self) if self.url == NATS else _left_on_rabbit(self))


async def _to_nats(place: Place, topic: str, bodies: Sequence[bytes]) -> None:
    async with await nats.connect(place.url) as client:
        for body in bodies:
            await client.jetstream().publish(f"{place.name}-in.{topic}", body)


async def _to_rabbit(place: Place, topic: str, bodies: Sequence[bytes]) -> None:
    async with await aio_pika.connect(place.url) as connected:
        exchange = await (await connected.channel()).get_exchange(f"{place.name}-in")
        for body in bodies:
            await exchange.publish(aio_pika.Message(body), topic)


async def _left_on_nats(place: Place) -> int:
    stream, consumer = f"{place.name}-in".upper(), f"{place.name}-room-entries"
    async with await nats.connect(place.url) as client:
        about = await client.jetstream().consumer_info(stream, consumer)
    return int(about.num_pending or 0) + int(about.num_ack_pending or 0)


async def _left_on_rabbit(place: Place) -> int:
    """Return what waits; what was given out but not acknowledged the broker does not tell."""
    async with await aio_pika.connect(place.url) as connected:
        channel = await connected.channel()
        queue = await channel.declare_queue(f"{place.name}.room-entries", passive=True)
    return int(queue.declaration_result.message_count or 0)


async def _removed(place: Place) -> None:
    if place.url == NATS:
        async with await nats.connect(place.url) as client:
            await client.jetstream().delete_stream(f"{place.name}-in".upper())
        return
    async with await aio_pika.connect(place.url) as connected:
        channel = await connected.channel()
        await channel.queue_delete(f"{place.name}.room-entries")
        await channel.exchange_delete(f"{place.name}-in")


@pytest.fixture(params=[NATS, RABBIT], ids=["nats", "rabbitmq"])
def place(request: pytest.FixtureRequest, company: Desk, settings: Any) -> Iterator[Place]:
    """Return a broker that the classroom sends to, in a company that has trials."""
    if request.param is None:
        pytest.skip("no such broker answers: YUEKE_TEST_NATS_URL, YUEKE_TEST_RABBITMQ_URL")
    made = Place(request.param, f"test-{uuid4().hex[:12]}")
    settings.YUEKE_BROKER_URL, settings.YUEKE_BROKER_NAME = made.url, made.name
    add_product(company, "trial", {"credit": 1})
    may_overbook(company, ceiling=50)
    policy = {"policy": "room_opens_minutes", "value": "60", "reason": ""}
    done(company.caller("supply").post("/policies", policy))
    with listening(clock=now):
        # Queue and stream are there once somebody has listened.
        until(lambda: _answers(made))
    yield made
    asyncio.run(_removed(made))


def _answers(place: Place) -> bool:
    try:
        return place.left() == 0
    except (nats.js.errors.NotFoundError, aio_pika.exceptions.ChannelClosed):
        return False


def now() -> datetime:
    """Return this moment."""
    return datetime.now(UTC)


def until(happened: Callable[[], bool], *, seconds: float = 30) -> None:
    """Wait for something, not for ever."""
    end = time.monotonic() + seconds
    while not happened():
        assert time.monotonic() < end, "it did not happen"
        time.sleep(0.1)


def seats(company: Desk, *, count: int) -> list[str]:
    """Overbook trials of new learners."""
    cc = company.caller("cc")
    learners = [company.learner(studies=["trial"], credit=1) for _ in range(count)]
    return [done(cc.post("/overbookings", overbooking(one, soon())))["seat"] for one in learners]


def message(seat: str, *, minutes_ago: int = 0, id_: str = "") -> bytes:
    """Return a room entry as the classroom writes it."""
    entered_at = show_instant(now() - timedelta(minutes=minutes_ago))
    return json.dumps({"id": id_ or uuid4().hex, "seat": seat, "entered_at": entered_at}).encode()


def taught(company: Desk) -> dict[str, str]:
    """Return who teaches whom among those who entered."""
    waits = done(company.caller("classroom").get("/waits"))["waits"]
    return {wait["seat"]: wait["teacher"] for wait in waits if wait["state"] == "matched"}


def test_entries_doubled_and_out_of_order_seat_each_learner_once(
    company: Desk, place: Place
) -> None:
    asked = seats(company, count=6)
    teachers = {id_of(company.teacher(soon(), skills=["trial:3"])) for _ in range(6)}
    said = [message(seat, minutes_ago=number) for number, seat in enumerate(asked)]
    later = [message(seat) for seat in asked[:3]]
    place.send([*later, *said[::-1], *said])
    with listening(clock=now):
        until(lambda: len(taught(company)) == 6)
        until(lambda: place.left() == 0)
    assert set(taught(company)) == set(asked)
    assert set(taught(company).values()) == teachers


def test_broken_and_refused_messages_stop_nobody(company: Desk, place: Place) -> None:
    [seat] = seats(company, count=1)
    emma = company.teacher(soon(), skills=["trial:3"])
    cancelled = seats(company, count=1)[0]
    done(company.caller("cc").post("/cancellations", {"seat": cancelled}))
    broken = [
        *(b"", b"{", b"[]", b"\xff", b'{"id": 1}', message("st_none")),
        *(message(seat, id_=id_) for id_ in ("\0", "\ud800", "x" * 201)),
        message(seat).replace(show_instant(now()).encode(), b"0001-01-01T00:00:00+14:00"),
    ]
    place.send([*broken * 3, message(cancelled), message(seat)])
    with listening(clock=now):
        until(lambda: taught(company) == {seat: id_of(emma)})
        until(lambda: place.left() == 0)


def test_a_worker_killed_before_it_acknowledged_seats_once(company: Desk, place: Place) -> None:
    asked = seats(company, count=4)
    teachers = {id_of(company.teacher(soon(), skills=["trial:3"])) for _ in range(4)}
    place.send([message(seat) for seat in asked])
    params = connection.get_connection_params()
    url = f"postgresql://postgres@/{params['dbname']}?host={params['host']}&port={params['port']}"
    environment = {
        "DATABASE_URL": url,
        "YUEKE_BROKER_URL": place.url,
        "YUEKE_BROKER_NAME": place.name,
    }
    dying = subprocess.Popen([sys.executable, "-c", DYING], env={**os.environ, **environment})
    assert dying.wait(60) == -signal.SIGKILL
    assert Wait.objects.exists()
    with listening(clock=now):
        until(lambda: len(taught(company)) == 4)
        until(lambda: place.left() == 0)
    assert set(taught(company).values()) == teachers
    cc = company.caller("cc")
    for seat in asked:
        kinds = [event["kind"] for event in done(cc.get("/events", seat=seat))["events"]]
        assert kinds == ["lesson.booked", "lesson.entered", "lesson.matched"]


def test_a_listener_waits_for_a_broker_that_is_not_there(
    company: Desk, place: Place, settings: Any
) -> None:
    scheme = place.url.partition(":")[0]
    settings.YUEKE_BROKER_URL = f"{scheme}://127.0.0.1:9"
    with listening(clock=now):
        time.sleep(0.5)
        [seat] = seats(company, count=1)
        place.send([message(seat)])
        settings.YUEKE_BROKER_URL = place.url
    with listening(clock=now):
        until(Wait.objects.exists)


def test_one_entry_that_breaks_does_not_take_the_others_with_it(
    company: Desk, place: Place
) -> None:
    good, bad = seats(company, count=2)
    emma = company.teacher(soon(), skills=["trial:3"])
    told = [Told("cn", message(bad)), Told("cn", message(good))]
    with breaking(bad):
        fates = take(told=told, now=now())
    assert fates == dict(zip(told, [Fate.BROKEN, Fate.DONE], strict=True))
    assert taught(company) == {good: id_of(emma)}


@contextmanager
def breaking(seat: str) -> Iterator[None]:
    """Let the database refuse to note that one learner waits."""
    with connection.cursor() as cursor:
        cursor.execute(
            "CREATE FUNCTION break_down() RETURNS trigger LANGUAGE plpgsql AS"
            " $$ BEGIN RAISE EXCEPTION 'broken'; END $$"
        )
        number = public_ids.read("st", seat)
        cursor.execute(
            "CREATE TRIGGER breaks BEFORE INSERT ON wait FOR EACH ROW"
            f" WHEN (NEW.seat_id = {number}) EXECUTE FUNCTION break_down()"
        )
        try:
            yield
        finally:
            cursor.execute("DROP FUNCTION break_down() CASCADE")


def test_two_markets_may_use_the_same_ids(company: Desk, other_company: Desk, place: Place) -> None:
    add_product(other_company, "trial", {"credit": 1})
    may_overbook(other_company, ceiling=5)
    policy = {"policy": "room_opens_minutes", "value": "60", "reason": ""}
    done(other_company.caller("supply").post("/policies", policy))
    told = [
        Told(desk.company.market.code, message(*seats(desk, count=1), id_="1"))
        for desk in (company, other_company)
    ]
    assert set(take(told=told, now=now()).values()) == {Fate.DONE}
    assert Wait.objects.count() == 2


def test_without_the_database_an_entry_comes_again(company: Desk) -> None:
    body = message(public_ids.show("st", 1))

    def lost(*args: Any) -> None:
        raise OperationalError

    ours, nobodys = Told("cn", body), Told("nowhere", body)
    with connection.execute_wrapper(lost):
        assert take(told=[ours], now=now()) == {ours: Fate.AGAIN}
    # That seat does not exist: refused, and settled.
    assert take(told=[ours, nobodys], now=now()) == {ours: Fate.DONE, nobodys: Fate.BROKEN}
