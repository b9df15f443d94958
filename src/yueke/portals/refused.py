"""Answers a refusal with what happened, why, and what to try: a sheet to htmx, a page otherwise."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import patch_vary_headers

from yueke.kernel.http_status import STATUS
from yueke.kernel.refusal import Refusal
from yueke.people.models import User


class RefusedMiddleware:
    """Catches the refusals that pages let through."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Let the request pass."""
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """Answer a refusal; anything else is a bug and stays loud."""
        return show_refusal(request=request, refusal=error) if isinstance(error, Refusal) else None


def show_refusal(*, request: HttpRequest, refusal: Refusal) -> HttpResponse:
    """Return the refusal's page, or its sheet wherever the answer was meant to go."""
    context = {"refusal": refusal, "zone": _zone(request)}
    status = STATUS[refusal.kind]
    answer = render(request, "portals/refused.html", context, status=status)
    patch_vary_headers(answer, ["HX-Request"])
    if request.headers.get("HX-Request") == "true":
        answer.headers["HX-Retarget"] = "#sheet-content"
        answer.headers["HX-Reswap"] = "innerHTML"
    return answer


def _zone(request: HttpRequest) -> str:
    user = request.user
    if not isinstance(user, User):
        return "Asia/Shanghai"
    if user.kind == User.Kind.TEACHER and hasattr(user, "teacher"):
        return user.teacher.zone
    return user.market.zone
