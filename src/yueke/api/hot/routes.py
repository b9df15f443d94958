"""The writes and searches that are hot: the same answers as their twins in `yueke.api.routes`."""

import asyncio
from collections.abc import Awaitable, Callable
from concurrent.futures import Future, ThreadPoolExecutor
from functools import partial
from typing import Any

from yueke.api import reading
from yueke.api.hot.answers import Answered, attempt, of_error, shown
from yueke.api.hot.batcher import IN_FLIGHT_MAX, Batchers
from yueke.api.hot.callers import Callers
from yueke.api.hot.gathering_place import GatheringPlace
from yueke.api.hot.http import Receive, Scope, Send, answer, header, read_body
from yueke.api.hot.looks import Look
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
        self.searchers = ThreadPoolExecutor(SEARCHES_AT_ONCE, thread_name_prefix="searching")

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

    async def search(self, look: Look, scope: Scope, receive: Receive, send: Send) -> None:
        """Find what is asked for at one of the addresses that search."""

        async def act() -> Answered:
            actor = await self._caller(scope)
            waiting: asyncio.Future[Answered] = asyncio.get_running_loop().create_future()
            self.look(look, actor, scope["query_string"], partial(_tell, waiting))
            return await waiting

        await answer(send, await _attempt(act))

    def look(
        self, look: Look, actor: Actor, query_string: bytes, tell: Callable[[Answered], None]
    ) -> None:
        """Search as soon as a thread is free, and tell the event loop what to answer."""
        loop = asyncio.get_running_loop()

        def answered(found: Future[dict[str, Any]]) -> None:
            tell(attempt(lambda: shown(200, found.result())))

        found = self.searchers.submit(look.found, actor, query_string)
        found.add_done_callback(lambda found: loop.call_soon_threadsafe(answered, found))

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
