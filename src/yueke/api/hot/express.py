"""Writes of the hot routes from the socket straight into a batch, with no ASGI between.

Only what is plain goes this way: a short body of a known length and no query string, from a
caller whose key was looked up just now, with no other request of the connection before it. All
else is ASGI's, and answered alike.
"""

import asyncio
from typing import Any, Final

from uvicorn.protocols.http.httptools_impl import STATUS_LINE, HttpToolsProtocol

from yueke.api import reading
from yueke.api.hot.answers import Answered, of_error
from yueke.api.hot.callers import Caller
from yueke.api.hot.gathering import Gathering
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
        self.gathering = Gathering(transport)
        super().connection_made(self.gathering)  # type: ignore[arg-type]
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
            or len(headers) < len(self.headers)
        ):
            return None
        try:
            secret = reading.bearer(headers.get(b"authorization", b"").decode("latin-1"))
        except KeyMissing:
            return None
        caller = self._hot.callers.seen(secret)
        if caller is None:
            return None
        keeps = parser.should_keep_alive() and parser.get_http_version() != "1.0"
        request_key = headers.get(b"idempotency-key", b"").decode("latin-1")
        return Exchange(self, self._hot, write, caller, request_key, keep_alive=keeps)


class Exchange:
    """One such request and its answer; to uvicorn it is a cycle like its own."""

    # uvicorn sets it for those who wait for more of a request; nobody does.
    message_event: Final = asyncio.Event()

    def __init__(
        self,
        connection: Express,
        hot: HotRoutes,
        write: Write,
        caller: Caller,
        request_key: str,
        *,
        keep_alive: bool,
    ) -> None:
        self._connection = connection
        self._hot = hot
        self._write = write
        self._caller = caller
        self._request_key = request_key
        self.keep_alive = keep_alive
        self.body = bytearray()
        self.more_body = True
        self.disconnected = False
        self.response_complete = False

    def begin(self) -> None:
        """Put what is ordered among those who wait for a batch."""
        try:
            actor = self._caller.counted()
            request_key = reading.request_key(self._request_key)
            order = self._write.order(actor, request_key, bytes(self.body))
        except Exception as error:
            self._send(of_error(error))
        else:
            self._hot.place.submit(self._write, order, self._send)

    def _send(self, answered: Answered) -> None:
        self.response_complete = True
        connection = self._connection
        if connection.gathering.is_closing():
            return
        connection.gathering.write_whole(self._written(answered))
        if not self.keep_alive:
            connection.transport.close()
        connection.on_response_complete()

    def _written(self, answered: Answered) -> bytes:
        headers = [*self._connection.server_state.default_headers, *answered.headers]
        if not self.keep_alive:
            headers.append((b"connection", b"close"))
        return b"%bcontent-type: %b\r\ncontent-length: %d\r\n%b\r\n%b" % (
            STATUS_LINE[answered.status],
            answered.content_type,
            len(answered.body),
            b"".join([b"%b: %b\r\n" % header for header in headers]),
            answered.body,
        )
