"""What a hot route answers, whichever way it leaves: status, type, body and further headers."""

from collections.abc import Callable
from typing import Any, NamedTuple

import msgspec
import structlog

from yueke.api import problems
from yueke.api.hot import metrics
from yueke.api.refusals import DATABASE_LOST, InternalError, Unavailable
from yueke.kernel.refusal import Refusal

_encode = msgspec.json.Encoder().encode
_JSON = b"application/json"
_PROBLEM = problems.CONTENT_TYPE.encode()
_log = structlog.get_logger()


class Answered(NamedTuple):
    """An answer ready to be sent; names of headers are in lower case."""

    status: int
    content_type: bytes
    body: bytes
    headers: tuple[tuple[bytes, bytes], ...] = ()


def shown(status: int, body: Any) -> Answered:
    """Return an answer whose body is written as JSON."""
    metrics.count(status)
    return Answered(status, _JSON, _encode(body))


def refused(refusal: Refusal) -> Answered:
    """Return a refusal as an RFC 9457 problem."""
    status = problems.status_of(refusal)
    metrics.count(status)
    headers = problems.headers_of(refusal).items()
    more = tuple((name.lower().encode(), value.encode()) for name, value in headers)
    return Answered(status, _PROBLEM, _encode(problems.problem(refusal)), more)


def of_error(error: Exception) -> Answered:
    """Return what is answered for an error: the refusal it is, or that something broke."""
    if isinstance(error, Refusal):
        return refused(error)
    if isinstance(error, DATABASE_LOST):
        return refused(Unavailable())
    _log.error("hot_route_failed", exc_info=error)
    return refused(InternalError())


def attempt(act: Callable[[], Answered]) -> Answered:
    """Return what `act` answers, or what is answered for the error it raises."""
    try:
        return act()
    except Exception as error:
        return of_error(error)
