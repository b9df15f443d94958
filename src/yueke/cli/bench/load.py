"""A load generator that costs little: one thread, one connection each, requests made beforehand."""

import select
import socket
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

from yueke.cli.cannot_run import CannotRun


@dataclass
class Answers:
    """What came back: how many of each status and code, and how long each took in seconds."""

    statuses: Counter[int] = field(default_factory=Counter)
    codes: Counter[str] = field(default_factory=Counter)
    latencies: list[float] = field(default_factory=list)
    seconds: float = 0.0

    def percentile_ms(self, percent: float) -> float:
        """Return a percentile of the latencies in milliseconds."""
        if not self.latencies:
            raise CannotRun("There was nothing left to send: the company is too small.")
        ordered = sorted(self.latencies)
        return 1000 * ordered[min(len(ordered) - 1, int(len(ordered) * percent / 100))]


def run(*, port: int, requests: Iterator[bytes], connections: int, seconds: float = 1e9) -> Answers:
    """Keep `connections` requests in flight until they run out or the time is over."""
    answers = Answers()
    poll = select.epoll()
    links = {link.fileno(): link for link in (_connect(port) for _ in range(connections))}
    partial = dict.fromkeys(links, b"")
    sent: dict[int, float] = {}
    for handle in links:
        poll.register(handle, select.EPOLLIN)
    began = time.perf_counter()
    for handle, request in zip(links, requests, strict=False):
        sent[handle] = time.perf_counter()
        links[handle].send(request)
    while sent:
        for handle, _ in poll.poll():
            whole = _received(links[handle], partial, handle)
            if whole is None:
                continue
            now = time.perf_counter()
            answers.latencies.append(now - sent.pop(handle))
            _count(answers, whole)
            request = next(requests, b"") if now - began < seconds else b""
            if request:
                sent[handle] = now
                links[handle].send(request)
    answers.seconds = time.perf_counter() - began
    for link in links.values():
        link.close()
    poll.close()
    return answers


def _connect(port: int) -> socket.socket:
    link = socket.create_connection(("127.0.0.1", port))
    link.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    return link


def _received(link: socket.socket, partial: dict[int, bytes], handle: int) -> bytes | None:
    data = link.recv(1 << 20)
    if not data:
        raise ConnectionError("the server closed a connection")
    data = partial[handle] + data
    head = data.find(b"\r\n\r\n")
    at = data.find(b"content-length: ", 0, head)
    if head < 0 or len(data) < head + 4 + int(data[at + 16 : data.index(b"\r", at)]):
        partial[handle] = data
        return None
    partial[handle] = b""
    return data


def _count(answers: Answers, whole: bytes) -> None:
    status = int(whole[9:12])
    answers.statuses[status] += 1
    if status >= 400:
        # Django writes a space behind the colon, the hot routes do not.
        code = whole.partition(b'"code":')[2].strip().partition(b'"')[2].partition(b'"')[0]
        answers.codes[code.decode()] += 1
