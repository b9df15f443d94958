"""Commands for endpoints of webhooks: make one, change it, deliver again."""

import base64
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings

from yueke.feeds import rules
from yueke.feeds.delivering import READER
from yueke.feeds.models import WebhookDelivery, WebhookEndpoint
from yueke.feeds.queries import get_delivery, get_endpoint
from yueke.feeds.refusals import EndpointAddressRefused, EventKindUnreadable
from yueke.kernel.outcome import Answer
from yueke.kernel.transaction import Work
from yueke.notices import operations as notices
from yueke.notices import reader
from yueke.notices.once import Request, once
from yueke.notices.operations import Happened
from yueke.people import channels

_SECRET = "whsec_"
_SECRET_BYTES = 32


@dataclass(slots=True)
class Endpoint:
    """An endpoint as it is now; its secret is told only to whoever made it just now."""

    id: int
    url: str
    kinds: list[str]
    is_on: bool
    secret: str = ""


@dataclass(slots=True)
class Replayed:
    """A delivery that is made once more."""

    id: int
    endpoint_id: int
    due_at: datetime


def add_endpoint(request: Request, *, url: str, kinds: Sequence[str] = ()) -> Answer[Endpoint]:
    """Send a market's events of these kinds, all for none, to an address from now on.

    Refuses: channel_may_not, endpoint_address_refused, event_kind_unreadable.
    """

    def act(work: Work) -> list[Endpoint]:
        channels.require(request.actor, "manage", "webhooks")
        _check(url, kinds)
        reader.begin(work, name=READER)
        made = WebhookEndpoint.objects.create(
            market_id=request.actor.market_id,
            url=url,
            kinds=sorted(set(kinds)),
            secret=_new_secret(),
            created_at=request.now,
        )
        _tell(work, request, "webhook.added", made)
        return [Endpoint(made.id, made.url, made.kinds, made.is_on, made.secret)]

    return once(request, Endpoint, act)


def change_endpoint(
    request: Request,
    *,
    endpoint_id: int,
    url: str | None = None,
    kinds: Sequence[str] | None = None,
    is_on: bool | None = None,
    new_secret: bool = False,
    reason: str = "",
) -> Answer[Endpoint]:
    """Change what is given. While an endpoint is off, events pass it by.

    Turned on, it goes on with what was waiting. A new secret is told this once; for a day
    everything is signed with the old one as well. Refuses: channel_may_not, endpoint_not_found,
    endpoint_address_refused, event_kind_unreadable. Locks the endpoint.
    """

    def act(work: Work) -> list[Endpoint]:
        channels.require(request.actor, "manage", "webhooks")
        one = get_endpoint(actor=request.actor, endpoint_id=endpoint_id, for_update=True)
        _check(url, kinds or ())
        one.url = one.url if url is None else url
        one.kinds = one.kinds if kinds is None else sorted(set(kinds))
        if is_on is not None:
            one.is_on, one.failing_since, one.rests_until, one.failures = is_on, None, None, 0
        if new_secret:
            one.old_secret, one.old_secret_until = one.secret, request.now + rules.OLD_SECRET_HOLDS
            one.secret = _new_secret()
        one.save()
        _tell(work, request, "webhook.changed", one, reason=reason)
        told = one.secret if new_secret else ""
        return [Endpoint(one.id, one.url, one.kinds, one.is_on, told)]

    return once(request, Endpoint, act)


def replay(request: Request, *, delivery_id: int, reason: str = "") -> Answer[Replayed]:
    """Deliver an event once more, whatever became of it before, with all its tries.

    Refuses: channel_may_not, delivery_not_found. Locks the delivery.
    """

    def act(work: Work) -> list[Replayed]:
        channels.require(request.actor, "manage", "webhooks")
        one = get_delivery(actor=request.actor, delivery_id=delivery_id, for_update=True)
        one.state, one.attempts, one.due_at = WebhookDelivery.State.WAITING, 0, request.now
        one.save()
        _tell(work, request, "webhook.replayed", one.endpoint, reason=reason, delivery=one.id)
        return [Replayed(one.id, one.endpoint_id, one.due_at)]

    return once(request, Replayed, act)


def _new_secret() -> str:
    return _SECRET + base64.b64encode(secrets.token_bytes(_SECRET_BYTES)).decode()


def _check(url: str | None, kinds: Sequence[str]) -> None:
    may_be_private = settings.YUEKE_WEBHOOKS_MAY_BE_PRIVATE
    if url is not None and not rules.is_acceptable_address(url, may_be_private=may_be_private):
        raise EndpointAddressRefused(url[:200])
    for kind in kinds:
        if not rules.is_kind(kind):
            raise EventKindUnreadable(kind[:100])


def _tell(
    work: Work,
    request: Request,
    kind: str,
    endpoint: WebhookEndpoint,
    *,
    reason: str = "",
    **more: object,
) -> None:
    data = {
        "webhook": endpoint.id,
        "url": endpoint.url,
        "kinds": endpoint.kinds,
        "is_on": endpoint.is_on,
        **more,
    }
    happened = Happened(0, kind, request.actor, reason, data=data)
    notices.append_one(work, at=request.now, event=happened)
