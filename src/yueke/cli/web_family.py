"""Several web processes behind one socket: Python runs one thread at a time, a machine many."""

import os
import socket
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Annotated

import typer

from yueke.cli import children, stopping
from yueke.cli.children import Child

Processes = Annotated[
    int | None,
    typer.Option(envvar="WEB_PROCESSES", min=1, help="Web processes; one a core if unset."),
]
SOCKET_VARIABLE = "YUEKE_WEB_SOCKET"
# Where the processes count together; the Prometheus client reads this name when it is loaded.
_COUNTS_VARIABLE = "PROMETHEUS_MULTIPROC_DIR"
# Where they find each other, to gather orders (`yueke.api.hot.gathering_place`) and to count the
# requests of keys together (`yueke.api.rates`).
_FOLDER_VARIABLE = "YUEKE_WEB_FOLDER"
STOP_SECONDS = 15
TICK_SECONDS = 0.2


def default_size() -> int:
    """Return how many processes suit this machine: one a core."""
    return os.cpu_count() or 1


@contextmanager
def family_of(
    *, listener: socket.socket, size: int, environment: Mapping[str, str]
) -> Iterator[list[Child]]:
    """Give web processes that share a socket, their counts and their orders; none is started yet.

    Whoever keeps the socket makes callers wait while a process is replaced.
    """
    handle = listener.fileno()
    with tempfile.TemporaryDirectory(prefix="yueke-web-") as folder:
        own = {**environment, SOCKET_VARIABLE: str(handle)}
        own |= {_COUNTS_VARIABLE: folder, _FOLDER_VARIABLE: folder}
        yield [Child(name="web", environment=own, handles=(handle,)) for _ in range(size)]


def keep(*, listener: socket.socket, size: int) -> None:
    """Run web processes until a signal, and start again those that end."""
    stopping.raise_on_signals()
    with family_of(listener=listener, size=size, environment={}) as family:
        try:
            for child in family:
                child.start()
            while True:
                time.sleep(TICK_SECONDS)
                for child in family:
                    child.notice_death()
                    if child.is_due:
                        child.start()
        except stopping.Stopped:
            pass
        finally:
            stopping.ignore_signals()
            listener.close()
            children.end([c.process for c in family if c.process], seconds=STOP_SECONDS)
