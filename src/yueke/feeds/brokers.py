"""Two brokers behind one door: send a message, and know that the broker keeps it."""

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta
from typing import Final
from urllib.parse import urlsplit

from aio_pika.exceptions import AMQPError
from faststream.nats import NatsBroker
from faststream.rabbit import ExchangeType, RabbitBroker, RabbitExchange
from nats.errors import Error as NatsError
from nats.js.errors import NotFoundError

KEPT_DAYS: Final = 7
ANSWER_SECONDS: Final = 10.0
_JSON: Final = "application/json"
# What is raised when a broker is not there, goes, or doesn't take a message.
TROUBLE: Final = (OSError, NatsError, AMQPError)


@dataclass(frozen=True, slots=True)
class Message:
    """What is sent. `id` is the same whenever it is sent again; `topic` is market and kind."""

    id: str
    topic: str
    body: bytes


Send = Callable[[Message], Awaitable[None]]


class BrokerUnknown(ValueError):
    """An address of no broker that events can go to."""


def speaks_nats(*, url: str) -> bool:
    """Tell by the scheme of its address whether a broker is NATS, or else RabbitMQ."""
    scheme = urlsplit(url).scheme
    if scheme not in ("nats", "tls", "amqp", "amqps"):
        raise BrokerUnknown(scheme)
    return scheme in ("nats", "tls")


def connected(*, url: str, name: str) -> AbstractAsyncContextManager[Send]:
    """Connect to a broker by the scheme of its address; what is given sends one message."""
    return _nats(url, name) if speaks_nats(url=url) else _rabbit(url, name)


@asynccontextmanager
async def _nats(url: str, name: str) -> AsyncIterator[Send]:
    """Send to the stream of this name, made unless it is there; subjects begin with the name."""
    broker = NatsBroker(url, max_reconnect_attempts=1, reconnect_time_wait=0, logger=None)
    stream = name.upper()
    try:
        await broker.connect()
        await make_stream(broker, stream=stream, name=name)

        async def send(message: Message) -> None:
            await broker.publish(
                message.body,
                f"{name}.{message.topic}",
                stream=stream,
                headers={"Nats-Msg-Id": message.id, "content-type": _JSON},
                timeout=ANSWER_SECONDS,
            )

        yield send
    finally:
        await broker.stop()


async def make_stream(broker: NatsBroker, *, stream: str, name: str) -> None:
    """Make a stream of all subjects that begin with a name, unless it is there."""
    context = broker.connection.jetstream()
    try:
        await context.stream_info(stream)
    except NotFoundError:
        kept = timedelta(days=KEPT_DAYS).total_seconds()
        await context.add_stream(name=stream, subjects=[f"{name}.>"], max_age=kept)


@asynccontextmanager
async def _rabbit(url: str, name: str) -> AsyncIterator[Send]:
    """Send to the durable topic exchange of this name; queues are the subscribers'."""
    broker = RabbitBroker(url, logger=None)
    exchange = RabbitExchange(name, type=ExchangeType.TOPIC, durable=True)
    try:
        await broker.connect()
        await broker.declare_exchange(exchange)

        async def send(message: Message) -> None:
            await broker.publish(
                message.body,
                exchange=exchange,
                routing_key=message.topic,
                message_id=message.id,
                content_type=_JSON,
                persist=True,
                mandatory=False,
                timeout=ANSWER_SECONDS,
            )

        yield send
    finally:
        await broker.stop()
