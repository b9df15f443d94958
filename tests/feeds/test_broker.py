"""The same events to NATS JetStream and RabbitMQ: real servers, real subscribers."""

import asyncio
import json
import os
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

import aio_pika
import nats
import pytest

from tests.served import Desk, begun, booked_before, done
from yueke.feeds import brokers, jobs, publishing
from yueke.feeds.brokers import BrokerUnknown
from yueke.kernel.transaction import begin
from yueke.notices import reader

NATS, RABBIT = os.environ.get("YUEKE_TEST_NATS_URL"), os.environ.get("YUEKE_TEST_RABBITMQ_URL")
QUIET_SECONDS = 0.5
Heard = list[tuple[str, str, dict[str, Any]]]


@dataclass
class Place:
    """A broker, and a name on it that only this test uses."""

    url: str
    name: str

    def heard(self) -> Heard:
        """Return topic, id and body of all that subscribers are given, in order."""
        return asyncio.run(_heard_of_nats(self) if self.url == NATS else _heard_of_rabbit(self))


async def _heard_of_nats(place: Place) -> Heard:
    client = await nats.connect(place.url)
    found: Heard = []
    pulled = await client.jetstream().pull_subscribe(f"{place.name}.>", durable="test")
    try:
        while True:
            for one in await pulled.fetch(100, timeout=QUIET_SECONDS):
                assert one.headers is not None
                found.append((one.subject, one.headers["Nats-Msg-Id"], json.loads(one.data)))
                await one.ack()
    except TimeoutError:
        return found
    finally:
        await client.close()


async def _queue(place: Place) -> tuple[Any, Any]:
    connection = await aio_pika.connect(place.url)
    channel = await connection.channel()
    exchange = await channel.declare_exchange(place.name, "topic", durable=True)
    queue = await channel.declare_queue(place.name, durable=True)
    await queue.bind(exchange, "#")
    return connection, queue


async def _heard_of_rabbit(place: Place) -> Heard:
    connection, queue = await _queue(place)
    found: Heard = []
    while (one := await queue.get(fail=False)) is not None:
        found.append((f"{place.name}.{one.routing_key}", one.message_id, json.loads(one.body)))
        await one.ack()
    await connection.close()
    return found


async def _made(place: Place) -> None:
    if place.url == RABBIT:
        connection, _ = await _queue(place)
        await connection.close()


async def _removed(place: Place) -> None:
    if place.url == NATS:
        client = await nats.connect(place.url)
        await client.jetstream().delete_stream(place.name.upper())
        await client.close()
    else:
        connection, queue = await _queue(place)
        await queue.delete()
        channel = await connection.channel()
        await channel.exchange_delete(place.name)
        await connection.close()


@pytest.fixture(params=[NATS, RABBIT], ids=["nats", "rabbitmq"])
def place(request: pytest.FixtureRequest, company: Desk, settings: Any) -> Iterator[Place]:
    """Return a broker that events go to from now on."""
    if request.param is None:
        pytest.skip("no such broker answers: YUEKE_TEST_NATS_URL, YUEKE_TEST_RABBITMQ_URL")
    made = Place(request.param, f"test-{uuid4().hex[:12]}")
    settings.YUEKE_BROKER_URL, settings.YUEKE_BROKER_NAME = made.url, made.name
    asyncio.run(_made(made))
    with begin() as work:
        reader.skip(work, name=publishing.READER)
    yield made
    asyncio.run(_removed(made))


def finish_some_lessons(company: Desk, *, count: int) -> None:
    """Book lessons that have begun, finish them, take it back and finish them again."""
    fireman = company.caller("fireman")
    for _ in range(count):
        _, seat = booked_before(company, company.learner(), begun())
        for path in ("/finishes", "/finish-undos", "/finishes"):
            done(fireman.post(path, {"seat": seat}))


def by_lesson(heard: Heard) -> list[list[str]]:
    """Return the kinds of each lesson's events, in order."""
    found: dict[str, list[str]] = {}
    for _, _, body in heard:
        if body["data"]["lesson"]:
            found.setdefault(body["data"]["lesson"], []).append(body["type"])
    return list(found.values())


IN_ORDER = ["lesson.booked", "lesson.finished", "lesson.finish_undone", "lesson.finished"]


def test_a_subscriber_of_the_broker_hears_every_event_in_order_for_each_lesson(
    company: Desk, place: Place
) -> None:
    finish_some_lessons(company, count=5)
    jobs.publish_events(0)
    heard = place.heard()
    assert by_lesson(heard) == [IN_ORDER] * 5
    assert len({id_ for _, id_, _ in heard}) == len(heard)
    for topic, id_, body in heard:
        assert topic == f"{place.name}.cn.{body['type']}"
        assert body["data"]["id"] == id_
    jobs.publish_events(0)
    assert place.heard() == []


def test_what_a_publisher_could_not_finish_is_sent_again(
    company: Desk, place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    finish_some_lessons(company, count=3)

    def dies(*args: object, **kwargs: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        # The process ends after the broker has taken all and before that is noted.
        patch.setattr(reader, "note_read", dies)
        with pytest.raises(KeyboardInterrupt):
            publishing.publish_next()
    publishing.publish_next()
    heard = place.heard()
    for kinds in by_lesson(heard):
        # JetStream knows the ids of what it has; RabbitMQ's subscribers hear it twice.
        assert kinds in (IN_ORDER, IN_ORDER * 2)
    assert len(by_lesson(heard)) == 3


def test_events_wait_while_no_broker_answers(company: Desk, place: Place, settings: Any) -> None:
    scheme = place.url.partition(":")[0]
    settings.YUEKE_BROKER_URL = f"{scheme}://127.0.0.1:9"
    finish_some_lessons(company, count=1)
    assert publishing.publish_next() is False
    settings.YUEKE_BROKER_URL = place.url
    publishing.publish_next()
    assert by_lesson(place.heard()) == [IN_ORDER]


def test_without_a_broker_nothing_is_published(company: Desk, settings: Any) -> None:
    settings.YUEKE_BROKER_URL = ""
    assert publishing.publish_next() is False


def test_an_address_of_no_broker_is_named() -> None:
    with pytest.raises(BrokerUnknown, match="smtp"):
        brokers.connected(url="smtp://127.0.0.1", name="yueke")
