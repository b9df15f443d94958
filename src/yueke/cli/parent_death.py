"""Processes that end when the one that started them does, however that one ended."""

import ctypes
import os
import sys
from collections.abc import Callable

PR_SET_PDEATHSIG = 1


def die_with_parent(signal_number: int) -> Callable[[], None]:
    """Return what a child runs before its program: Linux signals it at its parent's death.

    Where there is no such thing (macOS), children of a parent that was killed stay until the next
    start finds them.
    """
    if not sys.platform.startswith("linux"):
        return lambda: None
    # Loaded before the fork: a child between fork and exec should only make system calls.
    libc = ctypes.CDLL(None, use_errno=True)
    parent = os.getpid()

    def ask() -> None:
        libc.prctl(PR_SET_PDEATHSIG, signal_number, 0, 0, 0)
        if os.getppid() != parent:
            os._exit(1)

    return ask
