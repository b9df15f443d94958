"""Listen to a broker beside the jobs of a worker: each message is acknowledged after its commit."""

import asyncio
import threading
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager, contextmanager
from datetime import datetime
from functools import partial
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
from yueke.feeds.entering import Fate, Told, take

# Taken together, they cost little more than one.
AT_ONCE: Final = 128
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
    with ThreadPoolExecutor(1, thread_name_prefix="entering") as thread:
        asyncio.run(_listen_on(ended, _Taking(thread, clock).decide))
        thread.submit(connections.close_all).result()


class _Taking:
    """Messages taken together: whatever has come by the time those before are done."""

    def __init__(self, thread: ThreadPoolExecutor, clock: Callable[[], datetime]) -> None:
        self._thread = thread
        self._clock = clock
        self._waiting: list[tuple[Told, asyncio.Future[Fate]]] = []
        self._task: asyncio.Task[None] | None = None

    async def decide(self, market: str, body: bytes) -> Fate:
        """Return what becomes of a message, when it is decided."""
        decided: asyncio.Future[Fate] = asyncio.get_running_loop().create_future()
        self._waiting.append((Told(market, body), decided))
        if self._task is None:
            self._task = asyncio.ensure_future(self._take())
        return await decided

    async def _take(self) -> None:
        some: list[tuple[Told, asyncio.Future[Fate]]] = []
        try:
            while self._waiting:
                some, self._waiting = self._waiting, []
                # The same twice at once is decided once.
                told = dict.fromkeys(one for one, _ in some)
                taken = partial(take, told=told, now=self._clock())
                loop = asyncio.get_running_loop()
                fates = await loop.run_in_executor(self._thread, taken)
                for one, decided in some:
                    if not decided.done():
                        decided.set_result(fates[one])
        finally:
            # Whatever ended it, nobody waits for a message that comes again.
            for _, decided in some:
                if not decided.done():
                    decided.set_result(Fate.AGAIN)
            self._task = None


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
