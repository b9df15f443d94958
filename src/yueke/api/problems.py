"""A refusal as an RFC 9457 problem."""

import inspect
from datetime import datetime
from typing import Any

from django.http import HttpResponse, JsonResponse

from yueke.kernel.grid import show_instant
from yueke.kernel.http_status import STATUS
from yueke.kernel.refusal import Kind, Refusal
from yueke.people import public_ids

CONTENT_TYPE = "application/problem+json"
_ID_PREFIXES = {
    "learner_id": ("learner", "lrn"),
    "teacher_id": ("teacher", "tch"),
    "family_id": ("family", "fam"),
    "seat_id": ("seat", "st"),
    "lot_id": ("lot", "lot"),
    "endpoint_id": ("endpoint", "whk"),
    "delivery_id": ("delivery", "dlv"),
    "batch_id": ("batch", "cpb"),
    "campaign_id": ("campaign", "cmp"),
    "class_id": ("lesson", "lsn"),
}


def status_of(refusal: Refusal) -> int:
    """Return the HTTP status of a refusal."""
    return STATUS[refusal.kind]


def problem(refusal: Refusal) -> dict[str, Any]:
    """Return the body: type, title, status, code, and the facts with public ids."""
    return {
        "type": f"/problems/{refusal.code}",
        "title": inspect.cleandoc(type(refusal).__doc__ or "").split("\n", 1)[0],
        "status": status_of(refusal),
        "code": refusal.code,
        **dict(_fact(name, value) for name, value in refusal.facts().items()),
    }


def response(refusal: Refusal) -> HttpResponse:
    """Return a refusal as Django answers it."""
    return JsonResponse(
        problem(refusal),
        status=status_of(refusal),
        headers=headers_of(refusal),
        content_type=CONTENT_TYPE,
    )


def headers_of(refusal: Refusal) -> dict[str, str]:
    """Return the headers a refusal travels with."""
    seconds = refusal.facts().get("retry_after_seconds")
    headers = {"Retry-After": str(seconds)} if seconds is not None else {}
    if refusal.kind is Kind.UNAUTHENTICATED:
        headers["WWW-Authenticate"] = "Bearer"
    return headers


def _fact(name: str, value: Any) -> tuple[str, Any]:
    if name in _ID_PREFIXES:
        shown, prefix = _ID_PREFIXES[name]
        return shown, public_ids.show(prefix, value) if isinstance(value, int) else value
    return name, show_instant(value) if isinstance(value, datetime) else value
