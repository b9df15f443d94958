"""One run at a time in a process: runs last minutes, and the timers beside them seconds."""

from collections.abc import Iterator
from contextlib import contextmanager
from threading import Lock

_turn = Lock()


@contextmanager
def turn() -> Iterator[bool]:
    """Tell whether no other run is carried on in this process; hold the turn for the block.

    The minute's timer goes on while a long run does: without this its jobs would take every place
    of a worker. Other workers may carry the same run on.
    """
    is_mine = _turn.acquire(blocking=False)
    try:
        yield is_mine
    finally:
        if is_mine:
            _turn.release()
