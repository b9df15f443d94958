"""Who calls a hot route: keys looked up once a second at most, whatever the load.

A write asks again inside its transaction whether the key still holds, so that a revoked key
has no effect at all; a search may still answer it for that second.
"""

import asyncio
import time
from concurrent.futures import ThreadPoolExecutor
from typing import NamedTuple

from yueke.api import keys
from yueke.api.hot.reconnect import read
from yueke.kernel.actor import Actor
from yueke.people.models import ApiKey

_REMEMBER_SECONDS = 1.0
_REMEMBERED_MAX = 10_000


class Caller(NamedTuple):
    """A key as it was when it was looked up, and the actor it makes of its caller."""

    at: float
    key: ApiKey
    actor: Actor

    def counted(self) -> Actor:
        """Count a request and return the actor, or refuse (rate_exceeded)."""
        keys.count(self.key)
        return self.actor


class Callers:
    """The keys seen lately."""

    def __init__(self, threads: ThreadPoolExecutor) -> None:
        self._threads = threads
        self._seen: dict[str, Caller] = {}
        self._asking: dict[str, asyncio.Future[ApiKey]] = {}

    def seen(self, secret: str) -> Caller | None:
        """Return whose a secret is if its key was looked up just now."""
        seen = self._seen.get(secret)
        if seen is None or time.monotonic() - seen.at >= _REMEMBER_SECONDS:
            return None
        return seen

    async def find(self, secret: str) -> Actor:
        """Return the actor that a secret's key makes of its caller, and count the request.

        Refuses: key_unknown, rate_exceeded.
        """
        caller = self.seen(secret) or await self._ask(secret)
        return caller.counted()

    async def _ask(self, secret: str) -> Caller:
        asking = self._asking.get(secret)
        if asking is None:
            loop = asyncio.get_running_loop()
            found = loop.run_in_executor(self._threads, read, keys.find, secret)
            asking = asyncio.ensure_future(found)
            self._asking[secret] = asking
            asking.add_done_callback(lambda _: self._asking.pop(secret, None))
        key = await asyncio.shield(asking)
        if len(self._seen) >= _REMEMBERED_MAX:
            self._seen.clear()
        seen = Caller(time.monotonic(), key, keys.actor_of(key))
        self._seen[secret] = seen
        return seen
