"""Feed the log's events to a broker: at least once, each lesson's in their order."""

import asyncio
from collections.abc import Sequence

import structlog
from django.conf import settings

from yueke.curriculum import queries as curriculum
from yueke.feeds import brokers
from yueke.feeds.brokers import Message, Send
from yueke.feeds.messages import webhook_body
from yueke.kernel.transaction import begin
from yueke.notices import reader
from yueke.notices.reader import BATCH, Logged
from yueke.people import public_ids
from yueke.people.models import Market

READER = "broker"
AT_ONCE = 100
_log = structlog.get_logger()


def publish_next() -> bool:
    """Send the next events where a broker is set; tell whether there may be more.

    They are noted as read once the broker has all of them, with no transaction open while they
    are sent: after whatever stops it, the same events are sent again.
    """
    if not settings.YUEKE_BROKER_URL:
        return False
    with begin() as work:
        events = reader.look_on(work, name=READER)
    if events:
        try:
            asyncio.run(_publish(_chains(events)))
        except brokers.TROUBLE as trouble:
            _log.warning("the broker takes no events", trouble=repr(trouble))
            return False
    with begin() as work:
        reader.note_read(work, name=READER, events=events)
    return len(events) == BATCH


def _chains(events: Sequence[Logged]) -> list[list[Message]]:
    """Return the messages of each lesson in their order; those of no lesson each alone."""
    markets = dict(Market.objects.values_list("id", "code"))
    products = {one: curriculum.codes(market_id=one) for one in {e.market_id for e in events}}
    chains: dict[tuple[str, int], list[Message]] = {}
    for event in events:
        link = ("event", event.id) if event.lesson_id is None else ("lesson", event.lesson_id)
        message = Message(
            public_ids.show("ev", event.id),
            f"{markets[event.market_id]}.{event.kind}",
            webhook_body(event, products[event.market_id]).encode(),
        )
        chains.setdefault(link, []).append(message)
    return list(chains.values())


async def _publish(chains: Sequence[Sequence[Message]]) -> None:
    places = asyncio.Semaphore(AT_ONCE)

    async def follow(send: Send, chain: Sequence[Message]) -> None:
        for message in chain:
            async with places:
                await send(message)

    url, name = settings.YUEKE_BROKER_URL, settings.YUEKE_BROKER_NAME
    async with brokers.connected(url=url, name=name) as send:
        await asyncio.gather(*(follow(send, chain) for chain in chains))
