"""Who calls: an API key looked up, and its requests a minute counted."""

from yueke.api import rates
from yueke.kernel.actor import Actor
from yueke.people import queries as people
from yueke.people.commands import hash_of
from yueke.people.models import ApiKey
from yueke.people.refusals import KeyUnknown


def find(secret: str) -> ApiKey:
    """Return the key row of a secret, or refuse (key_unknown)."""
    key = people.find_api_key(hash_=hash_of(secret))
    if key is None:
        raise KeyUnknown()
    return key


def actor_of(key: ApiKey) -> Actor:
    """Return the actor a key makes of its caller."""
    return Actor(key.market_id, "key", key.id, key.channel, key.family_id, key.teacher_id)


def count(key: ApiKey) -> None:
    """Count a request of a key, or refuse (rate_exceeded)."""
    rates.count(key.id, per_minute=key.requests_per_minute)
