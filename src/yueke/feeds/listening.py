"""Listen to a broker beside the jobs of a worker: each message is acknowledged after its commit."""

import asyncio
import threading
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager, contextmanager
from datetime import datetime
from typing import Any, Final

import structlog
from django.conf import settings
from django.db import connections
from faststream import AckPolicy
from faststream.nats import JStream, NatsBroker, PullSub
from faststream.nats.annotations import NatsMessage
from faststream.rabbit import Channel, ExchangeType, RabbitBroker, RabbitExchange, RabbitQueue
from faststream.rabbit.annotations import RabbitMessage
from nats.js.api import ConsumerConfig

from yueke.feeds.brokers import ANSWER_SECONDS, TROUBLE, BrokerUnknown, make_stream, speaks_nats
from yueke.feeds.entering import Fate, take

AT_ONCE: Final = 4
# What nobody has acknowledged after so long is given to another worker.
ACKNOWLEDGED_SECONDS: Final = 10
LOOK_SECONDS: Final = 2.0
PAUSE_SECONDS: Final = 1.0
_STEP_SECONDS: Final = 0.1
_SUBJECT: Final = "*.room.entered"
_log = structlog.get_logger()

Broker = NatsBroker | RabbitBroker
Decide = Callable[[str, bytes], Awaitable[Fate]]


@contextmanager
def listening(*, clock: Callable[[], datetime]) -> Iterator[None]:
    """Take room entries from the broker while the block runs, where a broker is set.

    Any number of workers may listen: each message is one's, until it is not acknowledged in time.
    """
    if not settings.YUEKE_BROKER_URL:
        yield
        return
    ended = threading.Event()
    thread = threading.Thread(target=_run, args=(ended, clock), name="listening", daemon=True)
    thread.start()
    try:
        yield
    finally:
        ended.set()
        thread.join(ANSWER_SECONDS)


def _run(ended: threading.Event, clock: Callable[[], datetime]) -> None:
    with ThreadPoolExecutor(AT_ONCE, thread_name_prefix="entering") as threads:

        async def decide(market: str, body: bytes) -> Fate:
            def taken() -> Fate:
                return take(market=market, body=body, now=clock())

            return await asyncio.get_running_loop().run_in_executor(threads, taken)

        asyncio.run(_listen_on(ended, decide))
        _close_connections(threads)


def _close_connections(threads: ThreadPoolExecutor) -> None:
    """Close the connection to the database that each of the threads has."""
    together = threading.Barrier(AT_ONCE)

    def close() -> None:
        together.wait()
        connections.close_all()

    for closed in [threads.submit(close) for _ in range(AT_ONCE)]:
        closed.result()


async def _listen_on(ended: threading.Event, decide: Decide) -> None:
    """Listen until the end; a broker that went is asked again and again."""
    url, name = settings.YUEKE_BROKER_URL, settings.YUEKE_BROKER_NAME
    while not ended.is_set():
        try:
            subscribed = _nats if speaks_nats(url=url) else _rabbit
            async with subscribed(url, name, decide) as broker:
                while not ended.is_set() and await broker.ping(ANSWER_SECONDS):
                    await _wait(ended)
        except (*TROUBLE, BrokerUnknown) as trouble:
            _log.warning("the broker gives no room entries", trouble=repr(trouble))
            await _wait(ended)


async def _wait(ended: threading.Event) -> None:
    for _ in range(round(LOOK_SECONDS / _STEP_SECONDS)):
        if not ended.is_set():
            await asyncio.sleep(_STEP_SECONDS)


@asynccontextmanager
async def _nats(url: str, name: str, decide: Decide) -> AsyncIterator[Broker]:
    """Listen with one durable consumer for all workers, on a stream made unless it is there."""
    broker = NatsBroker(
        url,
        max_reconnect_attempts=1,
        reconnect_time_wait=0,
        logger=None,
        graceful_timeout=ANSWER_SECONDS,
    )
    place, stream = f"{name}-in", f"{name}-in".upper()

    @broker.subscriber(
        f"{place}.{_SUBJECT}",
        durable=f"{name}-room-entries",
        stream=JStream(stream, declare=False),
        pull_sub=PullSub(batch_size=AT_ONCE, timeout=PAUSE_SECONDS),
        config=ConsumerConfig(ack_wait=ACKNOWLEDGED_SECONDS),
        ack_policy=AckPolicy.MANUAL,
        decoder=_as_it_is,
    )
    async def hear(body: Any, message: NatsMessage) -> None:
        topic = message.raw_message.subject.removeprefix(f"{place}.")
        await _answer(message, await decide(topic.partition(".")[0], message.body))

    try:
        await broker.connect()
        await make_stream(broker, stream=stream, name=place)
        await broker.start()
        yield broker
    finally:
        await broker.stop()


@asynccontextmanager
async def _rabbit(url: str, name: str, decide: Decide) -> AsyncIterator[Broker]:
    """Listen to one durable queue for all workers, made and bound unless it is there."""
    broker = RabbitBroker(
        url,
        logger=None,
        default_channel=Channel(prefetch_count=AT_ONCE),
        graceful_timeout=ANSWER_SECONDS,
    )

    @broker.subscriber(
        RabbitQueue(f"{name}.room-entries", durable=True, routing_key=_SUBJECT),
        RabbitExchange(f"{name}-in", type=ExchangeType.TOPIC, durable=True),
        ack_policy=AckPolicy.MANUAL,
        decoder=_as_it_is,
    )
    async def hear(body: Any, message: RabbitMessage) -> None:
        topic = message.raw_message.routing_key or ""
        await _answer(message, await decide(topic.partition(".")[0], message.body))

    try:
        await broker.start()
        yield broker
    finally:
        await broker.stop()


async def _as_it_is(message: Any) -> Any:
    """Leave the bytes to the room: what is no JSON is for it to say."""
    return message.body


async def _answer(message: NatsMessage | RabbitMessage, fate: Fate) -> None:
    match fate:
        case Fate.DONE:
            await message.ack()
        case Fate.BROKEN:
            await message.reject()
        case Fate.AGAIN:
            await asyncio.sleep(PAUSE_SECONDS)
            await message.nack()
