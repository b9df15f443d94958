"""The page of a secret calendar address, for teachers and for families."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse


def show_address(*, request: HttpRequest, token: str | None, renew_url: str) -> HttpResponse:
    """Show the address, or offer to make the first."""
    url = request.build_absolute_uri(reverse("calendar_feed", args=[token])) if token else ""
    webcal = url.replace("http", "webcal", 1).replace("webcals", "webcal")
    context = {"url": url, "webcal": webcal, "renew_url": renew_url}
    return render(request, "portals/calendar_address.html", context)
