"""Send one webhook: signed as Standard Webhooks says, and never to a private address."""

import socket
import threading
from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from types import TracebackType
from typing import Self

import httpcore
from standardwebhooks import Webhook

from yueke.feeds import rules

CONNECT_SECONDS = 5.0
ANSWER_SECONDS = 10.0
# A whole try, also with a server that answers byte by byte.
TRY_SECONDS = 20.0
_TIMEOUTS = {
    "connect": CONNECT_SECONDS,
    "read": ANSWER_SECONDS,
    "write": CONNECT_SECONDS,
    "pool": CONNECT_SECONDS,
}


class PrivateAddress(httpcore.ConnectError):
    """A host that stands for an address of a private network."""


@dataclass(frozen=True, slots=True)
class Sent:
    """What became of one try: a status, or why there is none."""

    status: int | None
    trouble: str = ""

    @property
    def is_well(self) -> bool:
        """Whether the subscriber took it."""
        return self.status is not None and 200 <= self.status < 300


class PublicNetwork(httpcore.SyncBackend):
    """Connections to the addresses that names stand for, where each is public."""

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,
    ) -> httpcore.NetworkStream:
        """Look the host up once, and connect to that very address, or refuse."""
        try:
            found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
        except OSError as error:
            raise httpcore.ConnectError(str(error)) from error
        addresses = [str(address[0]) for *_, address in found]
        for address in addresses:
            if not rules.is_public(address.partition("%")[0]):
                raise PrivateAddress(host)
        return super().connect_tcp(addresses[0], port, timeout, local_address, socket_options)


class OneTry(httpcore.NetworkBackend):
    """A network for one connection, which is cut when the time of a try is over."""

    def __init__(self, by: httpcore.NetworkBackend) -> None:
        self.is_over = False
        self._by = by
        self._twin: socket.socket | None = None
        self._timer = threading.Timer(TRY_SECONDS, self._cut)
        self._timer.daemon = True

    def __enter__(self) -> Self:
        self._timer.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._timer.cancel()
        self._timer.join()
        if self._twin is not None:
            self._twin.close()

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,
    ) -> httpcore.NetworkStream:
        """Connect, and keep hold of the connection."""
        stream = self._by.connect_tcp(host, port, timeout, local_address, socket_options)
        # TLS takes the socket over: its twin stays good for cutting it.
        self._twin = stream.get_extra_info("socket").dup()
        if self.is_over:
            self._cut()
        return stream

    def _cut(self) -> None:
        self.is_over = True
        if self._twin is not None:
            with suppress(OSError):
                self._twin.shutdown(socket.SHUT_RDWR)


def network(*, may_be_private: bool) -> httpcore.NetworkBackend:
    """Return the network that webhooks go out by."""
    return httpcore.SyncBackend() if may_be_private else PublicNetwork()


def send(
    *,
    by: httpcore.NetworkBackend,
    url: str,
    secrets: Sequence[str],
    message_id: str,
    body: str,
    now: datetime,
) -> Sent:
    """Post a body once, without following where an answer points, and tell what came of it."""
    headers: dict[bytes | str, bytes | str] = {
        "content-type": "application/json",
        "user-agent": "Yueke-Webhooks/1",
        "webhook-id": message_id,
        "webhook-timestamp": str(int(now.timestamp())),
        # One signature a secret: the subscriber takes the one it knows.
        "webhook-signature": " ".join(
            Webhook(secret).sign(message_id, now, body) for secret in secrets
        ),
    }
    with OneTry(by) as one:
        sent = _posted(one, url, headers, body)
    return Sent(None, "timeout") if one.is_over and sent.status is None else sent


def _posted(
    by: httpcore.NetworkBackend, url: str, headers: dict[bytes | str, bytes | str], body: str
) -> Sent:
    try:
        with (
            httpcore.ConnectionPool(network_backend=by) as pool,
            pool.stream(
                "POST",
                url,
                headers=headers,
                content=body.encode(),
                extensions={"timeout": _TIMEOUTS},
            ) as answer,
        ):
            return Sent(answer.status)
    except PrivateAddress:
        return Sent(None, "private_address")
    except httpcore.TimeoutException:
        return Sent(None, "timeout")
    except (httpcore.NetworkError, httpcore.ProtocolError, OSError, ValueError):
        return Sent(None, "no_answer")
