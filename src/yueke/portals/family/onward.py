"""Leads on after something was done: htmx and plain forms alike load the next page whole."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect


def onward(*, request: HttpRequest, url: str) -> HttpResponse:
    """Return an answer that loads `url`."""
    if request.headers.get("HX-Request") == "true":
        return HttpResponse(headers={"HX-Redirect": url})
    return redirect(url)
