"""A turn that one session of the database has at a time; it ends with the session at the latest."""

from collections.abc import Iterator
from contextlib import contextmanager

from yueke.kernel.transaction import read


@contextmanager
def alone(name: str) -> Iterator[bool]:
    """Tell whether the turn of this name was free; hold it for the block."""
    is_mine = _asked("take_turn", name)
    try:
        yield is_mine
    finally:
        if is_mine:
            _asked("end_turn", name)


def _asked(statement: str, name: str) -> bool:
    with read() as work:
        row = work.run(__package__, statement, (name,)).fetchone()
    return row is not None and bool(row[0])
