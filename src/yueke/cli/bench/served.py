"""The real server under load: `yueke web` as it runs in production."""

import os
import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime

from yueke.cli.cannot_run import CannotRun
from yueke.cli.parent_death import die_with_parent
from yueke.kernel.actor import Actor


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
        yield int(found.group(1))
    finally:
        web.terminate()
        web.wait(timeout=30)


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
