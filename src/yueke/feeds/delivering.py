"""Deliver the log's events to endpoints: at least once, each lesson's in their order.

No transaction is open while anything is sent. What was sent by a process that died before it
could say so is sent again, under the same message id.
"""

from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings

from yueke.curriculum import queries as curriculum
from yueke.feeds import outgoing, rules
from yueke.feeds.messages import webhook_body
from yueke.feeds.models import WebhookDelivery, WebhookEndpoint
from yueke.feeds.outgoing import Sent
from yueke.kernel.actor import Actor
from yueke.kernel.columns import numbers, texts
from yueke.kernel.transaction import Work, begin
from yueke.notices import operations as notices
from yueke.notices import queries as log
from yueke.notices import reader
from yueke.notices.models import Event
from yueke.notices.operations import Happened
from yueke.notices.reader import Logged
from yueke.people import public_ids

READER = "webhooks"
AT_ONCE = 32
OF_AN_ENDPOINT_AT_ONCE = 8
# Longer than one try can take, with the time it takes to look up a name.
CLAIM = timedelta(seconds=120)


@dataclass(slots=True)
class Claimed:
    """A delivery that nobody else tries until the claim ends."""

    id: int
    market_id: int
    endpoint_id: int
    event_id: int
    attempts: int
    until: datetime
    url: str
    secrets: list[str]


def fan_out(*, now: datetime) -> int:
    """Make the deliveries of the next events of the log; return how many events were read."""
    with begin() as work:
        reader.aim(work, name=READER)
        # Not before: whichever was there when an event happened must be among them.
        endpoints = list(WebhookEndpoint.objects.filter(is_on=True))
        if not endpoints:
            reader.skip(work, name=READER)
            return 0
        events = reader.read_on(work, name=READER)
        _insert(work, now, list(_wanted(endpoints, events)))
        return len(events)


def deliver_due(*, now: datetime) -> int:
    """Try the deliveries that are due, side by side; return how many there were.

    Of each lesson only the first that waits is due; no more are claimed than are sent at once.
    """
    claimed = _claim(now)
    if not claimed:
        return 0
    events = {event.id: event for event in _events_of(claimed)}
    _give_up([one.id for one in claimed if one.event_id not in events])
    products = {one: curriculum.codes(market_id=one) for one in {c.market_id for c in claimed}}
    by = outgoing.network(may_be_private=settings.YUEKE_WEBHOOKS_MAY_BE_PRIVATE)
    with ThreadPoolExecutor(AT_ONCE) as threads:
        sending = {
            threads.submit(
                outgoing.send,
                by=by,
                url=one.url,
                secrets=one.secrets,
                message_id=public_ids.show("ev", one.event_id),
                body=webhook_body(events[one.event_id], products[one.market_id]),
                now=now,
            ): one
            for one in claimed
            if one.event_id in events
        }
        for sent in as_completed(sending):
            _note(sending[sent], sent.result(), now)
    return len(claimed)


def prune(*, now: datetime) -> int:
    """Forget deliveries that ended more than 30 days ago; return how many."""
    old = WebhookDelivery.objects.filter(tried_at__lt=now - timedelta(days=30))
    return old.exclude(state=WebhookDelivery.State.WAITING).delete()[0]


def _wanted(
    endpoints: Sequence[WebhookEndpoint], events: Sequence[Logged]
) -> Iterator[tuple[WebhookEndpoint, Logged]]:
    of_market: dict[int, list[WebhookEndpoint]] = {}
    for endpoint in endpoints:
        of_market.setdefault(endpoint.market_id, []).append(endpoint)
    for event in events:
        for endpoint in of_market.get(event.market_id, ()):
            if rules.takes(endpoint.kinds, event.kind):
                yield endpoint, event


def _insert(work: Work, now: datetime, wanted: Sequence[tuple[WebhookEndpoint, Logged]]) -> None:
    if not wanted:
        return
    columns = (
        numbers(event.market_id for _, event in wanted),
        numbers(endpoint.id for endpoint, _ in wanted),
        numbers(event.id for _, event in wanted),
        texts(event.kind for _, event in wanted),
        numbers(event.lesson_id for _, event in wanted),
    )
    work.write(__package__, "insert_deliveries", (now, *columns))


def _claim(now: datetime) -> list[Claimed]:
    params = (now + CLAIM, now, OF_AN_ENDPOINT_AT_ONCE, now, AT_ONCE, now)
    with begin() as work:
        rows = work.run(__package__, "claim_deliveries", params).fetchall()
    return [Claimed(*row) for row in rows]


def _events_of(claimed: Sequence[Claimed]) -> Iterator[Event]:
    of_market: dict[int, list[int]] = {}
    for one in claimed:
        of_market.setdefault(one.market_id, []).append(one.event_id)
    for market_id, ids in of_market.items():
        yield from log.events_by_id(market_id=market_id, ids=ids)


def _give_up(ids: Sequence[int]) -> None:
    """Give up deliveries whose events the log doesn't hold any more."""
    if ids:
        state = WebhookDelivery.State.GIVEN_UP
        WebhookDelivery.objects.filter(id__in=ids).update(state=state, trouble="event_gone")


def _note(one: Claimed, sent: Sent, now: datetime) -> None:
    with begin() as work:
        endpoint = WebhookEndpoint.objects.select_for_update().get(id=one.endpoint_id)
        _note_delivery(one, sent, now)
        if sent.is_well:
            endpoint.failures, endpoint.failing_since, endpoint.rests_until = 0, None, None
        else:
            endpoint.failures += 1
            endpoint.failing_since = endpoint.failing_since or now
            if sent.status is None:
                endpoint.rests_until = now + rules.rests_for(endpoint.failures)
            failing = now - endpoint.failing_since
            if endpoint.is_on and (sent.status == rules.GONE or failing >= rules.FAILING_MAX):
                endpoint.is_on = False
                _tell_off(work, endpoint, sent, now)
        endpoint.save()


def _note_delivery(one: Claimed, sent: Sent, now: datetime) -> None:
    attempts = one.attempts + 1
    values = {
        "attempts": attempts,
        "tried_at": now,
        "status": sent.status,
        "trouble": sent.trouble,
    }
    # Who asked for it once more meanwhile has taken the claim away.
    claim = WebhookDelivery.objects.filter(
        id=one.id,
        state=WebhookDelivery.State.WAITING,
        attempts=one.attempts,
        due_at=one.until,
    )
    wait = rules.next_try_after(attempts)
    if sent.is_well:
        values["state"] = WebhookDelivery.State.DELIVERED
    elif wait is None:
        values["state"] = WebhookDelivery.State.GIVEN_UP
    else:
        values["due_at"] = now + wait
    claim.update(**values)


def _tell_off(work: Work, endpoint: WebhookEndpoint, sent: Sent, now: datetime) -> None:
    timer = Actor(endpoint.market_id, "job", 0, "system")
    data = {"webhook": endpoint.id, "url": endpoint.url, "status": sent.status}
    happened = Happened(0, "webhook.turned_off", timer, data=data)
    notices.append_one(work, at=now, event=happened)
