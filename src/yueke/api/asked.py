"""A write as Django's request carries it: its key, and the hash of its body."""

from datetime import UTC, datetime
from typing import Annotated, Literal

from django.http import HttpRequest
from ninja import Header, Query

from yueke.api import reading
from yueke.api.callers import actor_of
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
