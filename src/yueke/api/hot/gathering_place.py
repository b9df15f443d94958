"""One of a machine's web processes carries out the orders of all: larger batches cost less each.

It is the one that holds the lock of their folder. The others pass orders to it over a socket;
while there is none, and when it dies, each carries out its own. An order passed to one that died
is carried out anew under the same request key, so that it has one effect and the same answer.
"""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from functools import partial
from itertools import count
from pathlib import Path
from typing import Any

import msgspec

from yueke.api.hot.answers import Answered, attempt
from yueke.api.hot.batcher import Batchers, Outcome
from yueke.api.hot.frames import Frames
from yueke.api.hot.writes import WRITES, Write
from yueke.api.web_folder import web_folder
from yueke.booking.orders import Order
from yueke.kernel import file_lock
from yueke.kernel.actor import Actor

_AGAIN_SECONDS = 0.2
_encode = msgspec.msgpack.Encoder().encode
Done = Callable[[Answered], object]


class Passed(msgspec.Struct, array_like=True):
    """An order on its way; `command` is written as its route's own kind."""

    number: int
    path: str
    actor: Actor
    key: str
    body_hash: bytes
    command: msgspec.Raw


class Reply(msgspec.Struct, array_like=True):
    """The answer on its way back."""

    number: int
    answered: Answered


_passed = msgspec.msgpack.Decoder(list[Passed])
_replies = msgspec.msgpack.Decoder(list[Reply])


class GatheringPlace:
    """Where this process's orders are carried out: by itself, or by the one that gathers."""

    def __init__(self, batchers: Batchers) -> None:
        self._batchers = batchers
        self._gatherer: _Gatherer | None = None

    @property
    def passes_on(self) -> bool:
        """Tell whether another process carries out this one's orders."""
        return self._gatherer is not None

    def submit(self, write: Write, order: Order[Any], done: Done) -> None:
        """Carry out an order soon, and call `done` with its answer."""
        if self._gatherer is None:
            self.carry_out(write, order, done)
        else:
            self._gatherer.submit(write, order, done)

    def carry_out(self, write: Write, order: Order[Any], done: Done) -> None:
        """Carry out an order in this process."""

        def end(outcome: Outcome) -> None:
            done(attempt(lambda: write.answered(outcome)))

        self._batchers.of(write.command, order.actor.market_id).submit(order, end)

    @asynccontextmanager
    async def open(self) -> AsyncIterator[None]:
        """Gather, or follow whoever does, for the length of the block."""
        folder = web_folder()
        task = asyncio.ensure_future(self._keep(folder)) if folder else None
        try:
            yield
        finally:
            if task:
                task.cancel()
                with suppress(asyncio.CancelledError):
                    await task

    async def _keep(self, folder: Path) -> None:
        path = folder / "orders"
        with file_lock.open_lock_file(folder / "orders.lock") as handle:
            while not file_lock.try_alone(handle):
                await self._follow(path)
                await asyncio.sleep(_AGAIN_SECONDS)
            # What a dead one left behind.
            path.unlink(missing_ok=True)
            loop = asyncio.get_running_loop()
            followers: set[Frames] = set()
            server = await loop.create_unix_server(partial(_Follower, self, followers), path)
            try:
                # Until the process ends.
                await loop.create_future()
            finally:
                server.close()
                for follower in followers:
                    follower.close()

    async def _follow(self, path: Path) -> None:
        """Pass orders to the process that gathers until it is gone."""
        loop = asyncio.get_running_loop()
        try:
            _, gatherer = await loop.create_unix_connection(lambda: _Gatherer(self), str(path))
        except OSError:
            return
        self._gatherer = gatherer
        try:
            await gatherer.gone
        finally:
            self._gatherer = None
            gatherer.close()


class _Gatherer(Frames):
    """The process that gathers, as one that follows sees it."""

    def __init__(self, place: GatheringPlace) -> None:
        super().__init__()
        self._place = place
        self._numbers = count()
        self._waiting: dict[int, tuple[Write, Order[Any], Done]] = {}
        self.gone: asyncio.Future[None] = asyncio.get_running_loop().create_future()

    def submit(self, write: Write, order: Order[Any], done: Done) -> None:
        if self.gone.done():
            self._place.carry_out(write, order, done)
            return
        number = next(self._numbers)
        self._waiting[number] = (write, order, done)
        command = msgspec.Raw(_encode(order.commands[0]))
        passed = Passed(number, write.path, order.actor, order.key, order.body_hash, command)
        self.send_soon(passed)

    def received(self, message: bytes) -> None:
        for reply in _replies.decode(message):
            _, _, done = self._waiting.pop(reply.number)
            done(reply.answered)

    def connection_lost(self, exc: Exception | None) -> None:
        if not self.gone.done():
            self.gone.set_result(None)
        for write, order, done in self._waiting.values():
            self._place.carry_out(write, order, done)
        self._waiting.clear()


class _Follower(Frames):
    """A process that follows, as the one that gathers sees it."""

    def __init__(self, place: GatheringPlace, followers: set[Frames]) -> None:
        super().__init__()
        self._place = place
        self._followers = followers

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        super().connection_made(transport)
        self._followers.add(self)

    def connection_lost(self, exc: Exception | None) -> None:
        self._followers.discard(self)

    def received(self, message: bytes) -> None:
        for passed in _passed.decode(message):
            write = WRITES[passed.path]
            command: Any = msgspec.msgpack.decode(passed.command, type=write.asks)
            order = Order(passed.actor, passed.key, passed.body_hash, [command])
            self._place.carry_out(write, order, partial(self._reply, passed.number))

    def _reply(self, number: int, answered: Answered) -> None:
        self.send_soon(Reply(number, answered))
