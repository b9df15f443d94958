"""Addresses and methods that the API does not have are refused as problems, like all else."""

from collections.abc import Callable

import structlog
from django.http import HttpRequest, HttpResponse

from yueke.api import problems
from yueke.api.refusals import (
    DATABASE_LOST,
    InternalError,
    MethodNotAllowed,
    NothingHere,
    Unavailable,
)

_log = structlog.get_logger()
_PLAIN = {404: NothingHere, 405: MethodNotAllowed}


class Problems:
    """Under /api/, plain 404 and 405 are problems; a lost database is 503, and a bug 500."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer a request."""
        response = self._get_response(request)
        if not request.path.startswith("/api/"):
            return response
        refusal = _PLAIN.get(response.status_code)
        if refusal is None or response["Content-Type"] == problems.CONTENT_TYPE:
            return response
        answer = problems.response(refusal())
        if "Allow" in response:
            answer["Allow"] = response["Allow"]
        return answer

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """Answer 503 where the database does not, and 500 to what is a bug."""
        if not request.path.startswith("/api/"):
            return None
        if isinstance(error, DATABASE_LOST):
            return problems.response(Unavailable())
        _log.error("route_failed", exc_info=error)
        return problems.response(InternalError())
