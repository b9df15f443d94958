"""Locks on files, which end with their process and so never need a hand after a crash."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def hold(path: Path) -> Iterator[None]:
    """Wait for the lock, and hold it alone for the length of the block."""
    with open_lock_file(path) as handle:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield


@contextmanager
def open_lock_file(path: Path) -> Iterator[int]:
    """Open the file that is locked, made where it is missing; closing it lets the lock go."""
    handle = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        yield handle
    finally:
        os.close(handle)


def try_alone(handle: int) -> bool:
    """Take the lock alone if nobody else holds it; a lock that is shared already is raised."""
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def share(handle: int) -> None:
    """Wait for and take the lock together with others who share it."""
    fcntl.flock(handle, fcntl.LOCK_SH)
