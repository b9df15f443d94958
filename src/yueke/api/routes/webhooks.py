"""Where events are sent, and what became of each."""

from typing import Any

from django.http import HttpRequest
from ninja import Router, Status

from yueke.api import answers, reading
from yueke.api.asked import DryRun, KeyHeader, request_of
from yueke.api.callers import actor_of
from yueke.api.schemas.webhooks import (
    DeliveriesOut,
    NewWebhookOut,
    ReplayIn,
    ReplayOut,
    State,
    WebhookChangeIn,
    WebhookIn,
    WebhooksOut,
)
from yueke.api.window import Cursor, Limit
from yueke.feeds import endpoints, queries
from yueke.feeds.endpoints import Endpoint
from yueke.feeds.models import WebhookDelivery
from yueke.feeds.refusals import DeliveryNotFound, EndpointNotFound
from yueke.kernel.grid import show_instant
from yueke.people import channels, public_ids

router = Router(tags=["Webhooks"])


@router.post("/webhooks", response=answers.rehearsable(NewWebhookOut), summary="Add a webhook")
def add_webhook(
    request: HttpRequest, body: WebhookIn, key: KeyHeader, dry_run: DryRun = None
) -> Any:
    """Send events to an address from now on, signed as Standard Webhooks says.

    At least once, and each lesson's in their order; what was sent twice has the same `webhook-id`.
    The secret is shown this once.
    """
    answer = endpoints.add_endpoint(
        request_of(request, key, dry_run=dry_run), url=body.url, kinds=body.event_kinds
    )
    made = answer.only()
    return Status(200 if dry_run else 201, {**_endpoint(made), "secret": made.secret})


@router.post(
    "/webhook-changes", response=answers.rehearsable(NewWebhookOut), summary="Change a webhook"
)
def change_webhook(
    request: HttpRequest, body: WebhookChangeIn, key: KeyHeader, dry_run: DryRun = None
) -> Any:
    """Give an endpoint another address or other kinds, turn it off or on, give it a new secret.

    For a day everything is signed with the secret before as well.
    """
    answer = endpoints.change_endpoint(
        request_of(request, key, dry_run=dry_run),
        endpoint_id=_endpoint_id(body.endpoint),
        url=body.url,
        kinds=body.event_kinds,
        is_on=body.is_on,
        new_secret=body.new_secret,
        reason=body.reason,
    )
    changed = answer.only()
    return Status(200 if dry_run else 201, {**_endpoint(changed), "secret": changed.secret})


@router.get("/webhooks", response=answers.read(WebhooksOut), summary="List webhooks")
def list_webhooks(request: HttpRequest) -> Any:
    """List the market's endpoints, without their secrets."""
    actor = actor_of(request)
    channels.require(actor, "see", "webhooks")
    return {
        "endpoints": [
            {
                "endpoint": public_ids.show("whk", row.id),
                "url": row.url,
                "event_kinds": row.kinds,
                "is_on": row.is_on,
                "waiting": row.waiting,  # type: ignore[attr-defined]
                "failing_since": row.failing_since and show_instant(row.failing_since),
            }
            for row in queries.list_endpoints(actor=actor)
        ]
    }


@router.get(
    "/webhooks/{endpoint}/deliveries",
    response=answers.read(DeliveriesOut),
    summary="List a webhook's deliveries",
)
def list_deliveries(
    request: HttpRequest,
    endpoint: str,
    state: State | None = None,
    cursor: Cursor = None,
    limit: Limit = 50,
) -> Any:
    """List an endpoint's deliveries, last first."""
    actor = actor_of(request)
    channels.require(actor, "see", "webhooks")
    before = reading.cursor(cursor)
    found = queries.list_deliveries(
        actor=actor,
        endpoint_id=_endpoint_id(endpoint),
        state=state or "",
        before=None if before is None else before[1],
    )
    rows = list(found[:limit])
    return {
        "deliveries": [_delivery(row) for row in rows],
        "next": reading.show_cursor(0, rows[-1].id) if len(rows) == limit else None,
    }


@router.post(
    "/webhook-replays", response=answers.rehearsable(ReplayOut), summary="Deliver once more"
)
def replay(request: HttpRequest, body: ReplayIn, key: KeyHeader, dry_run: DryRun = None) -> Any:
    """Deliver an event once more under the same `webhook-id`, whatever became of it before."""
    number = public_ids.read("dlv", body.delivery)
    if number is None:
        raise DeliveryNotFound(body.delivery[:64])
    answer = endpoints.replay(
        request_of(request, key, dry_run=dry_run), delivery_id=number, reason=body.reason
    )
    done = answer.only()
    shown = {
        "delivery": public_ids.show("dlv", done.id),
        "endpoint": public_ids.show("whk", done.endpoint_id),
        "due_at": show_instant(done.due_at),
    }
    return Status(200 if dry_run else 201, shown)


def _endpoint_id(text: str) -> int:
    number = public_ids.read("whk", text)
    if number is None:
        raise EndpointNotFound(text[:64])
    return number


def _endpoint(one: Endpoint) -> dict[str, Any]:
    return {
        "endpoint": public_ids.show("whk", one.id),
        "url": one.url,
        "event_kinds": one.kinds,
        "is_on": one.is_on,
    }


def _delivery(row: WebhookDelivery) -> dict[str, Any]:
    return {
        "delivery": public_ids.show("dlv", row.id),
        "event": public_ids.show("ev", row.event_id),
        "kind": row.kind,
        "lesson": None if row.lesson_id is None else public_ids.show("lsn", row.lesson_id),
        "state": row.state,
        "attempts": row.attempts,
        "due_at": show_instant(row.due_at),
        "tried_at": row.tried_at and show_instant(row.tried_at),
        "status": row.status,
        "trouble": row.trouble,
    }
