"""Who calls through Django: the same keys as on the hot routes."""

from typing import Any

from django.http import HttpRequest
from ninja.security import HttpBearer

from yueke.api import keys, reading
from yueke.kernel.actor import Actor


class ApiKeyAuth(HttpBearer):
    """`Authorization: Bearer <key>`."""

    def __call__(self, request: HttpRequest) -> Any:
        """Return the actor a key makes, and see that a write has a request key.

        Refuses: key_missing, key_unknown, rate_exceeded, request_key_missing.
        """
        actor = self.authenticate(request, reading.bearer(request.headers.get("Authorization")))
        if request.method == "POST":
            reading.request_key(request.headers.get("Idempotency-Key"))
        return actor

    def authenticate(self, request: HttpRequest, token: str) -> Actor:
        """Look up the key and count the request."""
        key = keys.find(token)
        keys.count(key)
        return keys.actor_of(key)


def actor_of(request: HttpRequest) -> Actor:
    """Return who calls, as `ApiKeyAuth` found."""
    actor: Actor = request.auth  # type: ignore[attr-defined]
    return actor
