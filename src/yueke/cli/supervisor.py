"""Everything on one machine: the database, the web processes and the worker, kept running."""

import contextlib
import http.client
import io
import os
import socket
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import typer

from yueke.cli import children, database, disk, embedded, ports, stopping, web_family
from yueke.cli.cannot_run import CannotRun
from yueke.cli.children import Child
from yueke.kernel import database_url, file_lock

STOP_SECONDS = 15
READY_SECONDS = 120
TICK_SECONDS = 0.2


def run(*, host: str, port: int, processes: int | None, with_demo: bool) -> None:
    """Start everything and keep it running until a signal; then stop everything."""
    data_folder = database_url.data_folder()
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(line_buffering=True)  # in a log file too, events come as they happen
    stopping.raise_on_signals()
    try:
        with (
            _alone(data_folder),
            ports.listen(host=host, port=port) as listener,
            _database(data_folder),
        ):
            _prepare(with_demo=with_demo)
            size = processes or web_family.default_size()
            _serve(listener=listener, size=size, with_demo=with_demo)
    except stopping.Stopped:
        typer.echo("Stopped.")


@contextmanager
def _alone(data_folder: Path) -> Iterator[None]:
    """Be the only `yueke up` of this data folder."""
    disk.check_space(folder=data_folder)
    data_folder.mkdir(parents=True, exist_ok=True)
    with file_lock.open_lock_file(data_folder / "up.lock") as lock:
        if not file_lock.try_alone(lock):
            holder = os.pread(lock, 20, 0).decode().strip()
            raise CannotRun(
                f"Yueke already runs on {data_folder} (process {holder}): use that one, stop it "
                "first, or set YUEKE_DATA to another folder."
            )
        os.ftruncate(lock, 0)
        os.pwrite(lock, str(os.getpid()).encode(), 0)
        yield


@contextmanager
def _database(data_folder: Path) -> Iterator[None]:
    """Keep the database for the length of the block; the embedded one ends with it, always."""
    if not database_url.is_embedded():
        database.check_reachable()
        yield
        return
    with database.using(data_folder):
        try:
            embedded.start(data_folder=data_folder, ends_with_me=True)
            yield
        finally:
            stopping.ignore_signals()
            embedded.stop(data_folder=data_folder)


def _prepare(*, with_demo: bool) -> None:
    """Bring tables and demo company into place, each a process of its own."""
    _do("migrate")
    if with_demo:
        _do("demo", "--if-empty")


def _do(*arguments: str) -> None:
    process = children.spawn(arguments)
    try:
        code = process.wait()
    finally:
        children.end([process], seconds=STOP_SECONDS)
    if code == 1:
        raise typer.Exit(1)  # it has said why
    if code:
        raise CannotRun(
            f"`yueke {' '.join(arguments)}` did not finish, so nothing was started: put right "
            "what stands above, and start again; what was done is kept."
        )


def _serve(*, listener: socket.socket, size: int, with_demo: bool) -> None:
    own = {}
    if with_demo:
        # The logins printed below have no second factor; `yueke web` asks staff for one.
        own["YUEKE_STAFF_MFA"] = os.environ.get("YUEKE_STAFF_MFA", "optional")
    with web_family.family_of(listener=listener, size=size, environment=own) as web:
        family = [*web, Child(name="worker")]
        try:
            for child in family:
                child.start()
            _wait_until_ready(family=family, listener=listener)
            typer.echo(f"\nYueke runs at {ports.url_of(listener)} (Ctrl-C stops it).\n")
            if with_demo:
                _do("demo", "--logins")
            while True:
                _tick(family)
        finally:
            stopping.ignore_signals()
            listener.close()
            children.end([c.process for c in family if c.process], seconds=STOP_SECONDS)


def _tick(family: list[Child]) -> None:
    """Look after everything once: the database first, for the others live by it."""
    time.sleep(TICK_SECONDS)
    data_folder = database_url.data_folder()
    if database_url.is_embedded() and not embedded.is_running(data_folder=data_folder):
        typer.echo("The database has ended; it starts again.")
        embedded.start(data_folder=data_folder, ends_with_me=True)
    for child in family:
        child.notice_death()
    # Without its database a child would only die again, and be given up.
    if any(child.is_due for child in family) and database.is_reachable():
        for child in family:
            if child.is_due:
                child.start()


def _wait_until_ready(*, family: list[Child], listener: socket.socket) -> None:
    deadline = time.monotonic() + READY_SECONDS
    while not _is_ready(listener):
        if time.monotonic() > deadline:
            raise CannotRun(
                f"`yueke web` has not been ready for {READY_SECONDS} seconds, so everything "
                "stops: its own words stand above."
            )
        _tick(family)


def _is_ready(listener: socket.socket) -> bool:
    address = ports.url_of(listener).removeprefix("http://")
    connection = http.client.HTTPConnection(address, timeout=2)
    with contextlib.closing(connection), contextlib.suppress(OSError, http.client.HTTPException):
        connection.request("GET", "/readyz")
        return connection.getresponse().status == http.HTTPStatus.OK
    return False
