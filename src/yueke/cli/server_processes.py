"""The processes of an embedded PostgreSQL, found by the folder they work in.

The pid file alone cannot be trusted after a crash: its number may belong to another program by
then, and backends may outlive their postmaster for a moment.
"""

import contextlib
import time
from pathlib import Path

import psutil


def list_processes(*, postgres_folder: Path) -> list[psutil.Process]:
    """Return every live PostgreSQL process that works in the folder."""
    found = []
    for process in psutil.process_iter(["name"]):
        if not (process.info["name"] or "").startswith("postgres"):
            continue
        with contextlib.suppress(psutil.Error, OSError):
            if process.status() == psutil.STATUS_ZOMBIE:
                continue
            if Path(process.cwd()) == postgres_folder:
                found.append(process)
    return found


def find_postmaster(*, postgres_folder: Path) -> psutil.Process | None:
    """Return the process named in the pid file if it really is this folder's server."""
    pid = read_pid(postgres_folder / "postmaster.pid")
    processes = list_processes(postgres_folder=postgres_folder)
    return next((process for process in processes if process.pid == pid), None)


def read_pid(lock: Path) -> int | None:
    """Return the process number in `postmaster.pid`, or in the lock beside the socket."""
    try:
        return int(lock.read_text().split("\n", 1)[0])
    except (OSError, ValueError):
        return None


def wait_until_gone(*, postgres_folder: Path, seconds: float) -> bool:
    """Wait for the last process to end; say whether it did."""
    deadline = time.monotonic() + seconds
    while list_processes(postgres_folder=postgres_folder):
        if time.monotonic() > deadline:
            return False
        time.sleep(0.05)
    return True


def signal_all(*, postgres_folder: Path, number: int) -> None:
    """Send a signal to every process that works in the folder."""
    for process in list_processes(postgres_folder=postgres_folder):
        with contextlib.suppress(psutil.Error):
            process.send_signal(number)


def send(*, process: psutil.Process, number: int) -> bool:
    """Send a signal; tell whether the process was still there to get it."""
    try:
        process.send_signal(number)
    except psutil.NoSuchProcess:
        return False
    return True


def is_alive(pid: int) -> bool:
    """Tell whether any process has this number."""
    return bool(psutil.pid_exists(pid))
