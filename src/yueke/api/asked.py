"""A write as Django's request carries it: its key, and the hash of its body."""

from datetime import UTC, datetime
from typing import Annotated

from django.http import HttpRequest
from ninja import Header

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


def request_of(request: HttpRequest, key: str) -> Request:
    """Return who asks, under which key, for what body, now."""
    return Request(
        actor_of(request),
        reading.request_key(key),
        reading.body_hash(request.path, request.body),
        datetime.now(UTC),
    )
