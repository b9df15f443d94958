"""What is plain goes from the socket straight to work, with no ASGI between.

A write has a short body of a known length and no query string, a search no body at all. Its
caller's key was looked up just now, and no other request of the connection is before it. All else
is ASGI's, and answered alike.
"""

import asyncio
from typing import Any, Final

from uvicorn.protocols.http.httptools_impl import STATUS_LINE, HttpToolsProtocol

from yueke.api import reading
from yueke.api.hot.answers import Answered, of_error
from yueke.api.hot.callers import Caller
from yueke.api.hot.gathering import Gathering
from yueke.api.hot.looks import LOOKS, Look
from yueke.api.hot.routes import HotRoutes
from yueke.api.hot.writes import WRITES, Write
from yueke.kernel.actor import Actor
from yueke.people.refusals import KeyMissing

_WRITES: Final = {path.encode(): write for path, write in WRITES.items()}
_LOOKS: Final = {path.encode(): look for path, look in LOOKS.items()}
# More would make uvicorn hold the connection back until somebody reads it.
_LENGTH_DIGITS_MAX = 4
Headers = dict[bytes, bytes]


class Express(HttpToolsProtocol):
    """A connection of uvicorn's that answers plain requests by itself."""

    def connection_made(self, transport: Any) -> None:
        """Take a connection."""
        self.gathering = Gathering(transport)
        super().connection_made(self.gathering)  # type: ignore[arg-type]
        # Another application than ours has none.
        self.hot: HotRoutes | None = getattr(self.app, "hot", None)

    def on_headers_complete(self) -> None:
        """Choose the way of a request."""
        exchange = self._writing() or self._searching()
        if exchange:
            self.cycle = exchange  # type: ignore[assignment]
        else:
            super().on_headers_complete()

    def on_message_complete(self) -> None:
        """Begin with a request that is there as a whole."""
        super().on_message_complete()
        if isinstance(self.cycle, Exchange):
            self.cycle.begin()

    def _writing(self) -> "Exchange | None":
        write = _WRITES.get(self.url)
        if write is None or self.parser.get_method() != b"POST":
            return None
        headers = dict(self.headers)
        caller = self._caller(headers)
        if not caller or not 0 < len(headers.get(b"content-length", b"")) <= _LENGTH_DIGITS_MAX:
            return None
        return Writing(self, caller, write, headers.get(b"idempotency-key", b"").decode("latin-1"))

    def _searching(self) -> "Exchange | None":
        path, _, query_string = self.url.partition(b"?")
        look = _LOOKS.get(path)
        if look is None or self.parser.get_method() != b"GET" or b"#" in query_string:
            return None
        headers = dict(self.headers)
        caller = self._caller(headers)
        if not caller or b"content-length" in headers or b"transfer-encoding" in headers:
            return None
        return Searching(self, caller, look, query_string)

    def _caller(self, headers: Headers) -> Caller | None:
        """Return whose a request is if it is plain, and its key was looked up just now."""
        if (
            self.hot is None
            or self.parser.should_upgrade()
            or self.expect_100_continue
            or (self.cycle is not None and not self.cycle.response_complete)
            or len(headers) < len(self.headers)
        ):
            return None
        try:
            secret = reading.bearer(headers.get(b"authorization", b"").decode("latin-1"))
        except KeyMissing:
            return None
        return self.hot.callers.seen(secret)


class Exchange:
    """One such request and its answer; to uvicorn it is a cycle like its own."""

    # uvicorn sets it for those who wait for more of a request; nobody does.
    message_event: Final = asyncio.Event()

    def __init__(self, connection: Express, caller: Caller) -> None:
        parser = connection.parser
        self._connection = connection
        self._caller = caller
        self.keep_alive = parser.should_keep_alive() and parser.get_http_version() != "1.0"
        self.body = bytearray()
        self.more_body = True
        self.disconnected = False
        self.response_complete = False

    def begin(self) -> None:
        """Have it done, and answer then."""
        hot = self._connection.hot
        assert hot is not None
        try:
            self._begin(hot, self._caller.counted())
        except Exception as error:
            self._send(of_error(error))

    def _begin(self, hot: HotRoutes, actor: Actor) -> None:
        raise NotImplementedError

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


class Writing(Exchange):
    """One that writes: it waits for a batch."""

    def __init__(self, connection: Express, caller: Caller, write: Write, request_key: str) -> None:
        super().__init__(connection, caller)
        self._write = write
        self._request_key = request_key

    def _begin(self, hot: HotRoutes, actor: Actor) -> None:
        request_key = reading.request_key(self._request_key)
        order = self._write.order(actor, request_key, bytes(self.body))
        hot.place.submit(self._write, order, self._send)


class Searching(Exchange):
    """One that searches."""

    def __init__(
        self, connection: Express, caller: Caller, look: Look, query_string: bytes
    ) -> None:
        super().__init__(connection, caller)
        self._look = look
        self._query_string = query_string

    def _begin(self, hot: HotRoutes, actor: Actor) -> None:
        hot.look(self._look, actor, self._query_string, self._send)
