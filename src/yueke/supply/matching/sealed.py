"""Seats sealed for a while: whoever may see a wait is handed one, and hears of it by that alone.

The two doors that use it share it here: one hands it out, the other opens it.
"""

from django.core import signing

_SALT = "yueke.wait"
_GOOD_FOR_SECONDS = 3600


def seal(*, seat_id: int) -> str:
    """Return what opens the stream of a seat's wait, for an hour."""
    return signing.dumps(seat_id, salt=_SALT)


def unseal(*, token: str) -> int | None:
    """Return the seat that was sealed, or None for what is none, or too old."""
    try:
        return int(signing.loads(token, salt=_SALT, max_age=_GOOD_FOR_SECONDS))
    except signing.BadSignature:
        return None
