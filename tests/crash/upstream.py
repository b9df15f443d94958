"""An upstream system under load: it sends each request under a key of its own and notes the answer.

What was not answered is not known to it; it may only ask again with the same key.
"""

import contextlib
import http.client
import itertools
import json
import threading
import time
from collections import deque
from collections.abc import Callable, Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import Any

THREADS = 8
PATIENCE_SECONDS = 120
PAUSE_SECONDS = 0.2
UNAVAILABLE = 503
CANCELS_EVERY = 4

_keys = itertools.count(1)
# The API key of each channel.
Keys = Mapping[str, str]


@dataclass
class Asked:
    """A request, and its answer if there was one."""

    path: str
    body: dict[str, Any]
    channel: str = "lp"
    key: str = field(default_factory=lambda: f"crash-{next(_keys)}")
    status: int = 0
    answer: bytes = b""

    @property
    def is_answered(self) -> bool:
        """Tell whether the outcome is known."""
        return self.status not in {0, UNAVAILABLE}


class Link:
    """One connection, opened anew after it broke."""

    def __init__(self, *, port: int, keys: Keys) -> None:
        self._http = http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE_SECONDS)
        self._keys = keys

    def ask(self, asked: Asked) -> tuple[int, bytes]:
        """Send a request and return status and body; (0, nothing) where nobody answered."""
        headers = {
            "Authorization": f"Bearer {self._keys[asked.channel]}",
            "Idempotency-Key": asked.key,
            "Content-Type": "application/json",
        }
        try:
            self._http.request("POST", asked.path, json.dumps(asked.body), headers)
            response = self._http.getresponse()
            return response.status, response.read()
        except (OSError, http.client.HTTPException):
            self._http.close()
            return 0, b""

    def close(self) -> None:
        """Close the connection."""
        self._http.close()


def get_often(*, port: int, secret: str, path: str) -> set[int]:
    """Read an address many times, from several threads at once; return the statuses."""

    def get(_: int) -> int:
        link = http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE_SECONDS)
        with contextlib.closing(link):
            link.request("GET", path, headers={"Authorization": f"Bearer {secret}"})
            response = link.getresponse()
            response.read()
            return response.status

    with ThreadPoolExecutor(THREADS) as threads:
        return set(threads.map(get, range(8 * THREADS)))


class Upstream:
    """Threads that send requests, one after the other each, until none is left."""

    def __init__(self, *, port: int, keys: Keys, requests: Iterable[Asked]) -> None:
        self._port, self._keys = port, keys
        self._left = deque(requests)
        self._booked = itertools.count(1)
        self.sent: list[Asked] = []
        self._threads = [threading.Thread(target=self._send_all) for _ in range(THREADS)]

    def start(self) -> None:
        """Begin to send."""
        for thread in self._threads:
            thread.start()

    def wait_for_answers(self, *, count: int) -> None:
        """Return when so many requests have been answered."""
        deadline = time.monotonic() + PATIENCE_SECONDS
        while len(self.answered()) < count:
            assert time.monotonic() < deadline, f"{len(self.answered())} answers only"
            time.sleep(0.001)

    def finish(self) -> None:
        """Wait until every request has been sent."""
        for thread in self._threads:
            thread.join()

    def answered(self) -> list[Asked]:
        """Return the requests whose outcome is known."""
        return [asked for asked in list(self.sent) if asked.is_answered]

    def unanswered(self) -> list[Asked]:
        """Return the requests whose outcome is not known."""
        return [asked for asked in list(self.sent) if not asked.is_answered]

    def ask_again_until_answered(self) -> None:
        """Send what was not answered once more, under its key, as often as it takes."""
        deadline = time.monotonic() + PATIENCE_SECONDS

        def ask_again(link: Link, asked: Asked) -> None:
            while not asked.is_answered:
                assert time.monotonic() < deadline, f"no answer: {asked}"
                asked.status, asked.answer = link.ask(asked)

        self._for_each(self.unanswered(), ask_again)

    def answers_that_differ(self) -> list[Asked]:
        """Send everything once more and return what is now answered in another way."""
        differ: list[Asked] = []

        def compare(link: Link, asked: Asked) -> None:
            if link.ask(asked) != (asked.status, asked.answer):
                differ.append(asked)

        self._for_each(self.sent, compare)
        return differ

    def ask_as_new(self, asked: Asked) -> Asked:
        """Ask for the same under another key."""
        anew = Asked(asked.path, asked.body, asked.channel)
        link = self._link()
        anew.status, anew.answer = link.ask(anew)
        link.close()
        return anew

    def _link(self) -> Link:
        return Link(port=self._port, keys=self._keys)

    def _for_each(self, asked: list[Asked], act: Callable[[Link, Asked], None]) -> None:
        def act_on(share: list[Asked]) -> None:
            link = self._link()
            for one in share:
                act(link, one)
            link.close()

        with ThreadPoolExecutor(THREADS) as threads:
            list(threads.map(act_on, [asked[n::THREADS] for n in range(THREADS)]))

    def _send_all(self) -> None:
        link = self._link()
        while self._left:
            try:
                asked = self._left.popleft()
            except IndexError:
                break
            self._send(link, asked)
            if asked.status == http.client.CREATED and asked.path.endswith("/bookings"):
                self._perhaps_cancel(asked)
        link.close()

    def _send(self, link: Link, asked: Asked) -> None:
        self.sent.append(asked)
        status, asked.answer = link.ask(asked)
        asked.status = status  # last: it says that the answer is there
        if not asked.is_answered:
            time.sleep(PAUSE_SECONDS)

    def _perhaps_cancel(self, asked: Asked) -> None:
        if next(self._booked) % CANCELS_EVERY == 0:
            seat = json.loads(asked.answer)["seat"]
            self._left.append(Asked("/api/v1/cancellations", {"seat": seat}))
