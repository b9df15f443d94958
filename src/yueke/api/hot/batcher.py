"""Gather concurrent orders into calls of the set-based operation.

A call takes whatever waits, and others run beside it once enough have gathered for each: no timer
is needed, and the batch grows with the load.
"""

import asyncio
import time
from collections import deque
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from typing import Any, Protocol

import structlog
from django.db import connection

from yueke.api.hot import metrics
from yueke.api.refusals import DATABASE_LOST, Unavailable
from yueke.booking.orders import Order
from yueke.kernel.outcome import Answer
from yueke.kernel.refusal import Refusal

SIZE_MAX = 128
IN_FLIGHT_MAX = 3
ANOTHER_FROM = SIZE_MAX // 4
_log = structlog.get_logger()


class Command(Protocol):
    """A set-based command of a room."""

    def __call__(
        self, *, market_id: int, now: datetime, orders: Sequence[Order[Any]]
    ) -> Sequence[Answer[Any] | Refusal]: ...


Outcome = Answer[Any] | Exception
Waiting = tuple[Order[Any], Callable[[Outcome], object]]


class Batcher:
    """Batches of one command for one market."""

    def __init__(self, command: Command, market_id: int, threads: ThreadPoolExecutor) -> None:
        self._command = command
        self._market_id = market_id
        self._threads = threads
        self._waiting: deque[Waiting] = deque()
        self._in_flight = 0
        self._running: set[asyncio.Task[None]] = set()

    def submit(self, order: Order[Any], done: Callable[[Outcome], object]) -> None:
        """Carry out an order soon, and call `done` after the commit that made its outcome true."""
        self._waiting.append((order, done))
        self._start()

    def _start(self) -> None:
        while self._waiting and self._in_flight < IN_FLIGHT_MAX:
            if len(self._waiting) < ANOTHER_FROM * self._in_flight:
                # A call costs much the same for one order as for fifty: let more come together.
                return
            count = min(SIZE_MAX, len(self._waiting))
            batch = [self._waiting.popleft() for _ in range(count)]
            self._in_flight += 1
            task = asyncio.ensure_future(self._run(batch))
            self._running.add(task)
            task.add_done_callback(self._running.discard)

    async def _run(self, batch: list[Waiting]) -> None:
        orders = [order for order, _ in batch]
        loop = asyncio.get_running_loop()
        outcomes = await loop.run_in_executor(self._threads, self._carry_out, orders)
        self._in_flight -= 1
        self._start()
        for (_, done), outcome in zip(batch, outcomes, strict=True):
            done(outcome)

    def _carry_out(self, orders: list[Order[Any]]) -> list[Outcome]:
        began = time.perf_counter()
        try:
            return list(self._call(orders))
        except DATABASE_LOST as error:
            connection.close()
            _log.warning("database_unavailable", error=str(error))
            return [Unavailable() for _ in orders]
        except Exception:
            # One order that breaks must not take the others with it.
            _log.exception("batch_failed", orders=len(orders))
            return [self._alone(order) for order in orders]
        finally:
            metrics.batch_seconds.observe(time.perf_counter() - began)
            metrics.batch_orders.observe(len(orders))

    def _alone(self, order: Order[Any]) -> Outcome:
        try:
            return self._call([order])[0]
        except Exception as error:
            return error

    def _call(self, orders: list[Order[Any]]) -> Sequence[Answer[Any] | Refusal]:
        now = datetime.now(UTC)
        return self._command(market_id=self._market_id, now=now, orders=orders)


class Batchers:
    """The batchers of every command and market, made when first needed."""

    def __init__(self, threads: ThreadPoolExecutor) -> None:
        self._threads = threads
        self._made: dict[tuple[Callable[..., Any], int], Batcher] = {}

    def of(self, command: Command, market_id: int) -> Batcher:
        """Return the batcher of a command in a market."""
        found = self._made.get((command, market_id))
        if found is None:
            found = Batcher(command, market_id, self._threads)
            self._made[command, market_id] = found
        return found
