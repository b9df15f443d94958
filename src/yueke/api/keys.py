"""Who calls: an API key looked up, and its requests a minute counted."""

import time
from dataclasses import dataclass, field
from math import ceil

from yueke.api.refusals import RateExceeded
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


@dataclass(slots=True)
class Bucket:
    """Tokens of one key: it fills by the minute and holds ten seconds' worth, at least ten."""

    per_second: float
    size: float
    tokens: float
    filled_at: float = field(default_factory=time.monotonic)

    def take(self) -> None:
        """Use one request, or refuse (rate_exceeded)."""
        now = time.monotonic()
        self.tokens = min(self.size, self.tokens + (now - self.filled_at) * self.per_second)
        self.filled_at = now
        if self.tokens < 1:
            raise RateExceeded(ceil((1 - self.tokens) / self.per_second))
        self.tokens -= 1


_buckets: dict[int, Bucket] = {}


def count(key: ApiKey) -> None:
    """Count a request of a key, or refuse (rate_exceeded). Each process counts its own."""
    bucket = _buckets.get(key.id)
    if bucket is None or bucket.per_second != key.requests_per_minute / 60:
        per_second = key.requests_per_minute / 60
        size = max(10.0, per_second * 10)
        bucket = _buckets[key.id] = Bucket(per_second, size, size)
    bucket.take()
