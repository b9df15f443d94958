"""A write as Django's request carries it: its key, and the hash of its body."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Annotated, Any, Literal

from django.http import HttpRequest
from ninja import Header, Query

from yueke.api import reading
from yueke.api.callers import actor_of
from yueke.booking.orders import Order
from yueke.kernel.outcome import Answer
from yueke.kernel.refusal import Refusal
from yueke.notices.once import Request

KeyHeader = Annotated[
    str,
    Header(
        alias="Idempotency-Key",
        min_length=1,
        max_length=reading.KEY_LENGTH_MAX,
        description="Names this request: sent again, it is answered as before.",
    ),
]


DryRun = Annotated[
    Literal["true"] | None,
    Query(description="Answer what would happen, and let nothing happen."),
]


def request_of(request: HttpRequest, key: str, *, dry_run: str | None = None) -> Request:
    """Return who asks, under which key, for what body, now, and whether only to be told."""
    return Request(
        actor_of(request),
        reading.request_key(key),
        reading.body_hash(request.path, request.body),
        datetime.now(UTC),
        dry_run is not None,
    )


def carried_out(
    request: HttpRequest,
    key: str,
    command: Callable[..., Any],
    asked: list[Any],
    *,
    dry_run: str | None,
    all_or_none: bool = False,
) -> Answer[Any]:
    """Carry out one order by a set-based command and return its answer, or raise its refusal."""
    one = request_of(request, key, dry_run=dry_run)
    order = Order(one.actor, one.key, one.body_hash, asked, all_or_none)
    [outcome] = command(
        market_id=one.actor.market_id, now=one.now, orders=[order], dry_run=one.dry_run
    )
    if isinstance(outcome, Refusal):
        raise outcome
    answer: Answer[Any] = outcome
    return answer
