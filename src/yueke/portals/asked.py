"""What a form asks, under its request key, so that a double click takes effect once."""

import hashlib
import uuid

from django.http import HttpRequest

from yueke.notices.once import Request
from yueke.notices.refusals import RequestKeyMissing
from yueke.portals.caller import Caller

FIELD = "request_key"
CSRF = "csrfmiddlewaretoken"
LONGEST = 100


def new_key() -> str:
    """Return a key for one showing of a form."""
    return str(uuid.uuid4())


def request_key(*, request: HttpRequest) -> str:
    """Return the key that the form carries, or refuse (request_key_missing)."""
    key = request.POST.get(FIELD, "")
    if not 0 < len(key) <= LONGEST:
        raise RequestKeyMissing
    return key


def body_hash(*, request: HttpRequest) -> bytes:
    """Return the SHA-256 of the address and of the fields posted, whatever their order."""
    fields = sorted(
        (name, value)
        for name, values in request.POST.lists()
        if name not in (CSRF, FIELD)
        for value in values
    )
    return hashlib.sha256(repr((request.path, fields)).encode()).digest()


def asked(*, request: HttpRequest, caller: Caller) -> Request:
    """Return the request as the rooms take it, or refuse (request_key_missing)."""
    key = request_key(request=request)
    return Request(caller.actor, key, body_hash(request=request), caller.now)
