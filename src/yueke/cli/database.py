"""The database that a command works on: reachable at its address, or embedded and started."""

import os
import signal
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType

import psycopg
from psycopg.conninfo import conninfo_to_dict, make_conninfo

from yueke.cli import embedded
from yueke.cli.cannot_run import CannotRun
from yueke.kernel import database_url, file_lock

OLDEST_VERSION = 15

# What libpq says → what to do.
ADVICE = {
    'FATAL: role "': "correct the user in DATABASE_URL",
    "does not exist": "create it (`createdb`), or correct the name in DATABASE_URL",
    "authentication failed": "correct user and password in DATABASE_URL",
    "no password supplied": "add the password to DATABASE_URL",
    "could not translate host name": "correct the host in DATABASE_URL",
    "failed to resolve host": "correct the host in DATABASE_URL",
    "too many clients": "end other programs that use it, or raise its max_connections",
    "remaining connection slots": "end other programs that use it, or raise its max_connections",
    "No space left on device": "free some space on the disk of the database",
    "could not extend file": "free some space on the disk of the database",
}
START_IT = (
    "start it, correct DATABASE_URL, or unset DATABASE_URL to use the PostgreSQL that Yueke brings"
)


@contextmanager
def running() -> Iterator[None]:
    """Keep the database running for the length of the block.

    The embedded server is started where it does not run, and stopped by the last command that
    uses it: each holds a shared lock, which even a killed one gives back.
    """
    if not database_url.is_embedded():
        check_reachable()
        yield
        return
    data_folder = database_url.data_folder()
    with using(data_folder) as users, _ended_by_signals():
        embedded.start(data_folder=data_folder)
        try:
            yield
        finally:
            if file_lock.try_alone(users):
                embedded.stop(data_folder=data_folder)


@contextmanager
def using(data_folder: Path) -> Iterator[int]:
    """Be one of the processes for which the embedded server must run."""
    data_folder.mkdir(parents=True, exist_ok=True)
    with file_lock.open_lock_file(data_folder / "postgres.users") as users:
        file_lock.share(users)
        yield users


def check_address() -> None:
    """Raise a sentence if `DATABASE_URL` is given and cannot be read."""
    if database_url.is_embedded():
        return
    try:
        make_conninfo(os.environ["DATABASE_URL"])
    except psycopg.ProgrammingError:
        raise CannotRun(
            "DATABASE_URL is not an address of PostgreSQL: write it as "
            "postgresql://user:password@host:5432/name, or unset it."
        ) from None


def check_reachable() -> None:
    """Raise a sentence unless `DATABASE_URL` leads to a PostgreSQL that is new enough."""
    check_address()
    conninfo = make_conninfo(os.environ["DATABASE_URL"], connect_timeout=10)
    try:
        with psycopg.connect(conninfo) as connection:
            version = connection.info.server_version // 10_000
    except psycopg.OperationalError as error:
        raise CannotRun(explain(error)) from error
    if version < OLDEST_VERSION:
        raise CannotRun(
            f"The database at {_address()} is PostgreSQL {version}, and Yueke needs "
            f"{OLDEST_VERSION} or newer: upgrade it, or unset DATABASE_URL."
        )


def is_reachable() -> bool:
    """Tell whether the database takes connections now."""
    if database_url.is_embedded():
        return embedded.is_answering(data_folder=database_url.data_folder())
    try:
        check_reachable()
    except CannotRun:
        return False
    return True


def explain(error: psycopg.OperationalError) -> str:
    """Return what happened to the database, and what to do, as one sentence."""
    words = " ".join(str(error).split())
    advice = next((advice for key, advice in ADVICE.items() if key in words), START_IT)
    # libpq tries each address and tells of all; what the last one said is the reason.
    said = words.rsplit("failed: ", 1)[-1].removeprefix("FATAL: ")
    reason = said.split(" Is the server running", 1)[0].strip().rstrip(".?")
    return f"The database at {_address()} cannot be used ({reason}): {advice}."


def _address() -> str:
    """Return where the database is, without any password."""
    if database_url.is_embedded():
        return str(database_url.data_folder())
    parts = conninfo_to_dict(os.environ["DATABASE_URL"])
    host = parts.get("host") or "localhost"
    return f"{host}:{parts.get('port') or 5432}/{parts.get('dbname') or ''}"


@contextmanager
def _ended_by_signals() -> Iterator[None]:
    """Let SIGTERM and SIGHUP unwind the block, as Ctrl-C does, so that it can tidy up."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    numbers = (signal.SIGTERM, signal.SIGHUP)
    before = {number: signal.signal(number, _exit) for number in numbers}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _exit(number: int, frame: FrameType | None) -> None:
    sys.exit(128 + number)
