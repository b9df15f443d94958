"""Another system that takes webhooks: a real HTTP server that keeps what it was sent."""

import json
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from standardwebhooks import Webhook


@dataclass(frozen=True)
class Taken:
    """One webhook as it came."""

    headers: dict[str, str]
    body: str

    @property
    def id(self) -> str:
        """The message's id."""
        return self.headers["webhook-id"]

    @property
    def said(self) -> Any:
        """What the body holds."""
        return json.loads(self.body)

    @property
    def kind(self) -> str:
        """The kind of event."""
        return str(self.said["type"])

    @property
    def lesson(self) -> str | None:
        """The lesson it is about."""
        lesson: str | None = self.said["data"]["lesson"]
        return lesson


@dataclass
class Subscriber:
    """A server; `answers` says with which status it answers each webhook."""

    url: str
    taken: list[Taken] = field(default_factory=list)
    answers: Callable[[Taken], int] = lambda taken: 204
    secret: str = ""

    def verify(self) -> None:
        """Check every signature as a subscriber does."""
        for one in self.taken:
            Webhook(self.secret).verify(one.body, one.headers)

    @property
    def kinds(self) -> list[str]:
        """The kinds of what came, in order."""
        return [one.kind for one in self.taken]


@contextmanager
def subscribing() -> Iterator[Subscriber]:
    """Serve on a free port of this machine."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), BaseHTTPRequestHandler)
    one = Subscriber(f"http://127.0.0.1:{server.server_port}/hooks")

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            length = int(self.headers["Content-Length"])
            headers = {name.lower(): value for name, value in self.headers.items()}
            body = self.rfile.read(length)
            if len(body) < length:  # who sent it died before it was whole
                self.close_connection = True
                return
            taken = Taken(headers, body.decode())
            one.taken.append(taken)
            self.send_response(one.answers(taken))
            self.send_header("Location", "/elsewhere")
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, format: str, *args: Any) -> None:
            pass

    server.RequestHandlerClass = Handler
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield one
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


@contextmanager
def trickling() -> Iterator[str]:
    """Serve answers that never end, a byte at a time, to one who asks."""
    server, is_over = socket.create_server(("127.0.0.1", 0)), threading.Event()

    def answer() -> None:
        taken, _ = server.accept()
        with taken, suppress(OSError):
            taken.sendall(b"HTTP/1.1 200 OK\r\nX-Long: ")
            while not is_over.wait(0.05):
                taken.sendall(b"x")

    thread = threading.Thread(target=answer)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.getsockname()[1]}/"
    finally:
        is_over.set()
        thread.join()
        server.close()
