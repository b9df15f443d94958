"""HTTP requests as bytes, made before the clock starts."""

import json
import uuid
from collections.abc import Iterable
from typing import Any
from urllib.parse import urlencode

from yueke.cli.bench.pairs import Pair


def bookings(*, pairs: Iterable[Pair], secret: str) -> list[bytes]:
    """Return a booking for each pair."""
    return [post("/api/v1/bookings", booking(pair), secret) for pair in pairs]


def booking(pair: Pair) -> dict[str, str]:
    """Return the body of a booking."""
    from yueke.people import public_ids  # noqa: PLC0415  needs Django, which is set up by now

    return {
        "learner": public_ids.show("lrn", pair.learner_id),
        "teacher": public_ids.show("tch", pair.teacher_id),
        "starts_at": pair.starts_at.isoformat(),
        "product": "major",
    }


def get(*, path: str, query: Iterable[tuple[str, str]], secret: str) -> bytes:
    """Return a search."""
    return (
        f"GET {path}?{urlencode(list(query))} HTTP/1.1\r\n"
        f"host: 127.0.0.1\r\nauthorization: Bearer {secret}\r\n\r\n"
    ).encode()


def post(path: str, body: dict[str, Any], secret: str) -> bytes:
    """Return a command, under a request key of its own."""
    content = json.dumps(body).encode()
    head = (
        f"POST {path} HTTP/1.1\r\nhost: 127.0.0.1\r\nauthorization: Bearer {secret}\r\n"
        f"idempotency-key: {uuid.uuid4().hex}\r\ncontent-type: application/json\r\n"
        f"content-length: {len(content)}\r\n\r\n"
    )
    return head.encode() + content
