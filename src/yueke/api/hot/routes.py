"""Book, cancel and search: the same answers as their twins in `yueke.api.bookings`."""

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import structlog

from yueke.api import bodies, reading, searches, showing
from yueke.api.hot.batcher import Batchers
from yueke.api.hot.callers import Callers
from yueke.api.hot.http import Receive, Scope, Send, answer, header, query, read_body, refuse
from yueke.api.hot.reconnect import read
from yueke.api.refusals import DATABASE_LOST, InternalError, Unavailable
from yueke.booking import commands as booking
from yueke.booking.orders import Order
from yueke.kernel.outcome import Answer
from yueke.kernel.refusal import Refusal

THREADS = 8
# More would only take turns on the same core, and all be late.
SEARCHES_AT_ONCE = 2
_log = structlog.get_logger()


class HotRoutes:
    """The hot routes of one process, with their threads and what they remember."""

    def __init__(self) -> None:
        self.threads = ThreadPoolExecutor(THREADS, thread_name_prefix="hot")
        self._batchers = Batchers(self.threads)
        self._callers = Callers(self.threads)
        self._searching = asyncio.Semaphore(SEARCHES_AT_ONCE)

    async def book(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Book one lesson."""

        async def act() -> None:
            order = await self._order(scope, receive, bodies.Booking, bodies.to_book)
            done = await self._one(booking.book_lessons, order)
            await answer(send, 201, showing.booked(done))

        await _answered(send, act)

    async def cancel(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Cancel one seat."""

        async def act() -> None:
            order = await self._order(scope, receive, bodies.Cancellation, bodies.to_cancel)
            done = await self._one(booking.cancel_seats, order)
            await answer(send, 201, showing.cancelled(done))

        await _answered(send, act)

    async def teachers(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Find teachers."""
        await self._search(scope, send, searches.teachers, ["cursor", "limit"])

    async def times(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Find half-hours."""
        await self._search(scope, send, searches.times, ["count_up_to"])

    async def _order(
        self, scope: Scope, receive: Receive, kind: type, command: Callable[[Any], Any]
    ) -> Order[Any]:
        actor = await self._callers.find(reading.bearer(header(scope, b"authorization")))
        request_key = reading.request_key(header(scope, b"idempotency-key"))
        body = await read_body(receive)
        asked = command(bodies.decode(body, kind))
        body_hash = reading.body_hash(scope["path"], body)
        return Order(actor, request_key, body_hash, [asked])

    async def _one(self, command: Callable[..., Any], order: Order[Any]) -> Any:
        batcher = self._batchers.of(command, order.actor.market_id)
        outcome: Answer[Any] | Refusal = await batcher.submit(order)
        result = outcome if isinstance(outcome, Refusal) else outcome.results[0]
        if isinstance(result, Refusal):
            raise result
        return result

    async def _search(
        self, scope: Scope, send: Send, search: Callable[..., Any], more: list[str]
    ) -> None:
        async def act() -> None:
            actor = await self._callers.find(reading.bearer(header(scope, b"authorization")))
            asked = searches.read_query(query(scope), more=more)
            loop = asyncio.get_running_loop()
            async with self._searching:
                found = await loop.run_in_executor(self.threads, read, search, actor, asked)
            await answer(send, 200, found)

        await _answered(send, act)


async def _answered(send: Send, act: Callable[[], Any]) -> None:
    try:
        await act()
    except Refusal as refusal:
        await refuse(send, refusal)
    except DATABASE_LOST:
        await refuse(send, Unavailable())
    except Exception:
        _log.exception("hot_route_failed")
        await refuse(send, InternalError())
