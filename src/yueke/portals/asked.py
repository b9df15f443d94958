"""What a form asks, under its request key, so that a double click takes effect once."""

import hashlib
import uuid

from django.http import HttpRequest, QueryDict

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
    return _key(request.POST)


def body_hash(*, request: HttpRequest) -> bytes:
    """Return the SHA-256 of the address and of the fields posted, whatever their order."""
    return fields_hash(request.path, request.POST)


def asked(*, request: HttpRequest, caller: Caller) -> Request:
    """Return the request as the rooms take it, or refuse (request_key_missing)."""
    fields = request.POST
    return Request(caller.actor, _key(fields), fields_hash(request.path, fields), caller.now)


def asked_in_address(*, request: HttpRequest, caller: Caller) -> Request:
    """Return the request whose key and fields stand in its address, as those of an Undo do."""
    fields = request.GET
    return Request(caller.actor, _key(fields), fields_hash(request.path, fields), caller.now)


def _key(fields: QueryDict) -> str:
    key = fields.get(FIELD, "")
    if not 0 < len(key) <= LONGEST:
        raise RequestKeyMissing
    return key


def fields_hash(path: str, fields: QueryDict) -> bytes:
    """Return the SHA-256 of an address and fields, whatever their order."""
    values = sorted(
        (name, value)
        for name, values in fields.lists()
        if name not in (CSRF, FIELD)
        for value in values
    )
    return hashlib.sha256(repr((path, values)).encode()).digest()
