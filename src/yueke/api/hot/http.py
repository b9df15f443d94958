"""Just enough HTTP over ASGI for the hot routes: headers, a bounded body, a JSON answer."""

from collections.abc import Awaitable, Callable, Iterable, MutableMapping
from typing import Any
from urllib.parse import parse_qs

from yueke.api import parameters
from yueke.api.hot import answers
from yueke.api.hot.answers import Answered
from yueke.api.reading import BODY_BYTES_MAX
from yueke.api.refusals import BodyInvalid, BodyTooLarge
from yueke.kernel.refusal import Refusal

Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]
Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]


def header(headers: Iterable[tuple[bytes, bytes]], name: bytes) -> str | None:
    """Return a header by its lower-case name; given twice, it is joined as WSGI joins it."""
    values = [value for key, value in headers if key == name]
    return b",".join(values).decode("latin-1") if values else None


def query(query_string: bytes) -> dict[str, list[str]]:
    """Return the parameters of an address, or refuse (body_invalid) too many of them."""
    text = query_string.decode("utf-8", "replace")
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


async def answer(send: Send, answered: Answered) -> None:
    """Send an answer."""
    headers = [
        (b"content-type", answered.content_type),
        (b"content-length", b"%d" % len(answered.body)),
        *answered.headers,
    ]
    await send({"type": "http.response.start", "status": answered.status, "headers": headers})
    await send({"type": "http.response.body", "body": answered.body})


async def refuse(send: Send, refusal: Refusal) -> None:
    """Send a refusal as an RFC 9457 problem."""
    await answer(send, answers.refused(refusal))
