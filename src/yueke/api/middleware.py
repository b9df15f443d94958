"""Addresses and methods that the API does not have are refused as problems, like all else."""

from collections.abc import Callable

from django.db.utils import OperationalError as DjangoOperationalError
from django.http import HttpRequest, HttpResponse
from psycopg import OperationalError

from yueke.api import problems
from yueke.api.refusals import MethodNotAllowed, NothingHere, Unavailable

_PLAIN = {404: NothingHere, 405: MethodNotAllowed}


class Problems:
    """Turn plain 404 and 405 under /api/ into problems, and a lost database into 503."""

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
        """Answer 503 where the database does not."""
        lost = isinstance(error, OperationalError | DjangoOperationalError)
        return (
            problems.response(Unavailable()) if lost and request.path.startswith("/api/") else None
        )
