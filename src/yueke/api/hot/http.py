"""Just enough HTTP over ASGI for the hot routes: headers, a bounded body, a JSON answer."""

from collections.abc import Awaitable, Callable, MutableMapping
from functools import cache
from typing import Any
from urllib.parse import parse_qs

import msgspec
from prometheus_client import Counter

from yueke.api import parameters, problems
from yueke.api.hot import metrics
from yueke.api.reading import BODY_BYTES_MAX
from yueke.api.refusals import BodyInvalid, BodyTooLarge
from yueke.kernel.refusal import Refusal

Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]
Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]

_encode = msgspec.json.Encoder().encode
_JSON = b"application/json"
_PROBLEM = problems.CONTENT_TYPE.encode()


def header(scope: Scope, name: bytes) -> str | None:
    """Return a header by its lower-case name; given twice, it is joined as WSGI joins it."""
    values: list[bytes] = [value for key, value in scope["headers"] if key == name]
    return b",".join(values).decode("latin-1") if values else None


def query(scope: Scope) -> dict[str, list[str]]:
    """Return the parameters of the address, or refuse (body_invalid) too many of them."""
    text = scope["query_string"].decode("utf-8", "replace")
    try:
        return parse_qs(text, keep_blank_values=True, max_num_fields=parameters.COUNT_MAX)
    except ValueError:
        raise BodyInvalid(parameters.TOO_MANY) from None


async def read_body(receive: Receive) -> bytes:
    """Return the body, or refuse (body_too_large) before it is all read."""
    message = await receive()
    body: bytes = message.get("body", b"")
    while message.get("more_body") and len(body) <= BODY_BYTES_MAX:
        message = await receive()
        body += message.get("body", b"")
    if len(body) > BODY_BYTES_MAX:
        raise BodyTooLarge(BODY_BYTES_MAX)
    return body


async def answer(send: Send, status: int, body: Any, headers: dict[str, str] | None = None) -> None:
    """Send a JSON answer."""
    await _send(send, status, _encode(body), _JSON, headers or {})


@cache
def _counter(status: int) -> Counter:
    return metrics.answers.labels(status)


async def refuse(send: Send, refusal: Refusal) -> None:
    """Send a refusal as an RFC 9457 problem."""
    body = _encode(problems.problem(refusal))
    headers = problems.headers_of(refusal)
    await _send(send, problems.status_of(refusal), body, _PROBLEM, headers)


async def _send(
    send: Send, status: int, body: bytes, content_type: bytes, more: dict[str, str]
) -> None:
    headers = [(b"content-type", content_type), (b"content-length", str(len(body)).encode())]
    headers += [(name.lower().encode(), value.encode()) for name, value in more.items()]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body})
    _counter(status).inc()
