"""How often each key may ask: its requests, counted together by all web processes of a machine.

Of a key one instant is kept, in memory that the processes share: when all it has asked for would
have been asked at its rate. A request moves it on by the time between two, and is refused where
that goes further ahead than the key may. Nobody locks: of two processes that count a request of
one key within the same microsecond, one may go uncounted.
"""

import mmap
import os
import time
from functools import cache
from math import ceil

from yueke.api.refusals import RateExceeded
from yueke.api.web_folder import web_folder

# A key may be ahead by ten seconds' worth of requests, and by ten requests at least.
AHEAD_SECONDS = 10.0
AHEAD_REQUESTS = 10
# Two keys whose numbers are so far apart would share an instant. What is not used takes no room.
_KEYS_MAX = 1 << 20


def count(key_id: int, *, per_minute: int) -> None:
    """Count a request of a key, or refuse (rate_exceeded)."""
    instants, place, now = _instants(), key_id % _KEYS_MAX, time.monotonic()
    step = 60 / per_minute
    ahead_max = max(AHEAD_SECONDS, AHEAD_REQUESTS * step)
    # Further ahead it can only be from a time when its rate was lower.
    ahead = min(max(instants[place] - now, 0.0), ahead_max)
    if ahead + step > ahead_max:
        raise RateExceeded(ceil(ahead + step - ahead_max))
    instants[place] = now + ahead + step


@cache
def _instants() -> "memoryview[float]":
    """Return the instant of each key, by the clock that all processes of a machine share."""
    folder, size = web_folder(), 8 * _KEYS_MAX
    if folder is None:
        return memoryview(mmap.mmap(-1, size)).cast("d")
    handle = os.open(folder / "rates", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        os.ftruncate(handle, size)
        return memoryview(mmap.mmap(handle, size)).cast("d")
    finally:
        os.close(handle)
