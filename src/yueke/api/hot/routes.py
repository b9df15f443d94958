"""The writes and searches that are hot: the same answers as their twins in `yueke.api.routes`."""

import asyncio
from collections.abc import Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import Any

from yueke.api import reading, searches
from yueke.api.hot.answers import Answered, of_error, shown
from yueke.api.hot.batcher import IN_FLIGHT_MAX, Batchers
from yueke.api.hot.callers import Callers
from yueke.api.hot.gathering_place import GatheringPlace
from yueke.api.hot.http import Receive, Scope, Send, answer, header, query, read_body
from yueke.api.hot.reconnect import read
from yueke.api.hot.writes import WRITES, Write
from yueke.kernel.actor import Actor

THREADS = 8
WRITERS = len(WRITES) * IN_FLIGHT_MAX
# More would only take turns on the same core, and all be late.
SEARCHES_AT_ONCE = 2


class HotRoutes:
    """The hot routes of one process, with their threads and what they remember."""

    def __init__(self) -> None:
        self.threads = ThreadPoolExecutor(THREADS, thread_name_prefix="hot")
        # Their own, so that no storm of one kind of order keeps others, or searches, waiting.
        self.writers = ThreadPoolExecutor(WRITERS, thread_name_prefix="writing")
        self.place = GatheringPlace(Batchers(self.writers))
        self.callers = Callers(self.threads)
        self._searching = asyncio.Semaphore(SEARCHES_AT_ONCE)

    async def write(self, write: Write, scope: Scope, receive: Receive, send: Send) -> None:
        """Carry out what is posted to one of the addresses that write."""

        async def act() -> Answered:
            actor = await self._caller(scope)
            request_key = reading.request_key(header(scope["headers"], b"idempotency-key"))
            order = write.order(actor, request_key, await read_body(receive))
            waiting: asyncio.Future[Answered] = asyncio.get_running_loop().create_future()
            self.place.submit(write, order, partial(_tell, waiting))
            return await waiting

        await answer(send, await _attempt(act))

    async def teachers(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Find teachers."""
        await self._search(scope, send, searches.teachers, ["cursor", "limit"])

    async def times(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Find half-hours."""
        await self._search(scope, send, searches.times, ["count_up_to"])

    async def _search(
        self, scope: Scope, send: Send, search: Callable[..., Any], more: list[str]
    ) -> None:
        async def act() -> Answered:
            actor = await self._caller(scope)
            asked = searches.read_query(query(scope), more=more)
            loop = asyncio.get_running_loop()
            async with self._searching:
                found = await loop.run_in_executor(self.threads, read, search, actor, asked)
            return shown(200, found)

        await answer(send, await _attempt(act))

    async def _caller(self, scope: Scope) -> Actor:
        return await self.callers.find(reading.bearer(header(scope["headers"], b"authorization")))


def _tell(waiting: asyncio.Future[Answered], answered: Answered) -> None:
    if not waiting.done():
        waiting.set_result(answered)


async def _attempt(act: Callable[[], Awaitable[Answered]]) -> Answered:
    try:
        return await act()
    except Exception as error:
        return of_error(error)
