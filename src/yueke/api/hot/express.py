"""Booking and cancelling from the socket straight into a batch, with no ASGI between.

Only what is plain goes this way: a short body of a known length, from a caller whose key was
looked up just now, with no other request of the connection before it. All else is ASGI's, and
answered alike.
"""

import asyncio
from typing import Any, Final

from uvicorn.protocols.http.httptools_impl import STATUS_LINE, HttpToolsProtocol

from yueke.api import reading
from yueke.api.hot.answers import Answered, of_error
from yueke.api.hot.callers import Caller
from yueke.api.hot.gathering import Gathering
from yueke.api.hot.http import header
from yueke.api.hot.routes import HotRoutes
from yueke.api.hot.writes import WRITES, Write
from yueke.people.refusals import KeyMissing

_WRITES: Final = {path.encode(): write for path, write in WRITES.items()}
# More would make uvicorn hold the connection back until somebody reads it.
_LENGTH_DIGITS_MAX = 4


class Express(HttpToolsProtocol):
    """A connection of uvicorn's that answers plain writes by itself."""

    def connection_made(self, transport: Any) -> None:
        """Take a connection."""
        super().connection_made(Gathering(transport))  # type: ignore[arg-type]
        # Another application than ours has none.
        self._hot: HotRoutes | None = getattr(self.app, "hot", None)

    def on_headers_complete(self) -> None:
        """Choose the way of a request."""
        write = _WRITES.get(self.url)
        exchange = write and self._plain(write)
        if exchange:
            self.cycle = exchange  # type: ignore[assignment]
        else:
            super().on_headers_complete()

    def on_message_complete(self) -> None:
        """Begin with a request that is there as a whole."""
        super().on_message_complete()
        if isinstance(self.cycle, Exchange):
            self.cycle.begin()

    def _plain(self, write: Write) -> "Exchange | None":
        headers, parser = dict(self.headers), self.parser
        if (
            self._hot is None
            or parser.get_method() != b"POST"
            or parser.should_upgrade()
            or self.expect_100_continue
            or (self.cycle is not None and not self.cycle.response_complete)
            or not 0 < len(headers.get(b"content-length", b"")) <= _LENGTH_DIGITS_MAX
        ):
            return None
        try:
            caller = self._hot.callers.seen(reading.bearer(header(self.headers, b"authorization")))
        except KeyMissing:
            return None
        keeps = parser.get_http_version() != "1.0" and parser.should_keep_alive()
        return caller and Exchange(self, self._hot, write, caller, keep_alive=keeps)


class Exchange:
    """One such request and its answer; to uvicorn it is a cycle like its own."""

    # uvicorn sets it for those who wait for more of a request; nobody does.
    message_event: Final = asyncio.Event()

    def __init__(
        self, connection: Express, hot: HotRoutes, write: Write, caller: Caller, *, keep_alive: bool
    ) -> None:
        self._connection = connection
        self._hot = hot
        self._write = write
        self._caller = caller
        self._headers = connection.headers
        self.keep_alive = keep_alive
        self.body = bytearray()
        self.more_body = True
        self.disconnected = False
        self.response_complete = False

    def begin(self) -> None:
        """Put what is ordered among those who wait for a batch."""
        try:
            actor = self._caller.counted()
            order = self._write.order(actor, self._headers, bytes(self.body))
        except Exception as error:
            self._send(of_error(error))
        else:
            self._hot.place.submit(self._write, order, self._send)

    def _send(self, answered: Answered) -> None:
        self.response_complete = True
        connection = self._connection
        if connection.transport.is_closing():
            return
        connection.transport.write(self._written(answered))
        if not self.keep_alive:
            connection.transport.close()
        connection.on_response_complete()

    def _written(self, answered: Answered) -> bytes:
        headers = [
            *self._connection.server_state.default_headers,
            (b"content-type", answered.content_type),
            (b"content-length", b"%d" % len(answered.body)),
            *answered.headers,
        ]
        if not self.keep_alive:
            headers.append((b"connection", b"close"))
        lines = [b"%b: %b\r\n" % header for header in headers]
        return b"".join([STATUS_LINE[answered.status], *lines, b"\r\n", answered.body])
