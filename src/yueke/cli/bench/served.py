"""The real server under load: `yueke web` as it runs in production."""

import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from itertools import repeat

from yueke.cli.bench import load
from yueke.cli.cannot_run import CannotRun
from yueke.cli.parent_death import die_with_parent
from yueke.kernel.actor import Actor

CONNECTIONS = 64
AT_ONCE_SECONDS = 0.5
_ARE_YOU_THERE = b"GET /healthz HTTP/1.1\r\nhost: 127.0.0.1\r\n\r\n"


@contextmanager
def served() -> Iterator[int]:
    """Serve the bench's database on a free port, which is yielded."""
    command = [sys.executable, "-m", "yueke", "web", "--port", "0"]
    web = subprocess.Popen(
        command,
        stdout=subprocess.PIPE,
        text=True,
        preexec_fn=die_with_parent(signal.SIGTERM),
        env={**os.environ, "PYTHONUNBUFFERED": "1"},
    )
    try:
        assert web.stdout is not None
        said = web.stdout.readline()
        found = re.search(r":(\d+)", said)
        if found is None:
            raise CannotRun(f"`yueke web` did not start: {said}")
        port = int(found.group(1))
        _wait_for_all(port)
        yield port
    finally:
        web.terminate()
        web.wait(timeout=30)


def _wait_for_all(port: int) -> None:
    """Wait until every process has loaded: all of many connections at once are answered at once."""
    for _ in range(60):
        began = time.perf_counter()
        try:
            load.run(
                port=port, requests=repeat(_ARE_YOU_THERE, CONNECTIONS), connections=CONNECTIONS
            )
        except OSError:
            pass
        else:
            if time.perf_counter() - began < AT_ONCE_SECONDS:
                return
        time.sleep(0.5)
    raise CannotRun("`yueke web` did not become ready within 30 s.")


def make_key(channel: str) -> str:
    """Return a new API key whose requests are not held back."""
    from yueke.people import commands  # noqa: PLC0415  needs Django, which is set up by now

    _, secret = commands.create_api_key(
        actor=Actor(1, "job", 0, "system"),
        now=datetime.now(UTC),
        channel=channel,
        name="bench",
        requests_per_minute=2_000_000_000,
    )
    return secret
