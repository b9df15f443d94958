"""Answers 400 to what no database can hold: a NUL in an address, a field or a cookie."""

from collections.abc import Callable, Iterator
from typing import Any

from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse


class NulMiddleware:
    """Stands before every page; the API answers for itself."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Let the request pass."""
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> None:
        """Answer 400 before the page reads anything."""
        if request.path.startswith("/api/"):
            return
        if any("\0" in text for text in _texts(request)):
            raise BadRequest("a NUL")


def _texts(request: HttpRequest) -> Iterator[str]:
    yield request.path
    yield from request.COOKIES.values()
    for fields in (request.GET, request.POST):
        for _name, values in fields.lists():
            yield from (value for value in values if isinstance(value, str))
