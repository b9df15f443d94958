"""Write lists of values as PostgreSQL array literals: one parameter a column, however many rows.

A driver adapts a Python list value by value; building the literal costs a fraction of that, and
the set-based statements pass some fifty columns a call.
"""

from collections.abc import Iterable
from datetime import datetime

import msgspec

_encode = msgspec.json.Encoder().encode


def numbers(values: Iterable[int | None]) -> str:
    """Return `{1,2,NULL}`."""
    return _array(values)


def booleans(values: Iterable[bool | None]) -> str:
    """Return `{true,false,NULL}`."""
    return _array(values)


def instants(values: Iterable[datetime | None]) -> str:
    """Return an array literal of timestamps with their offset."""
    return _array(values)


def texts(values: Iterable[str | None]) -> str:
    """Return an array literal of quoted texts."""
    column = list(values)
    if not column:
        return "{}"
    if None not in column:
        joined = '","'.join(column)  # type: ignore[arg-type]
        # Nothing in it to escape, but for the quotes just put between the values.
        if "\\" not in joined and joined.count('"') == 2 * (len(column) - 1):
            return '{"' + joined + '"}'
    return "{" + ",".join(["NULL" if v is None else _quoted(v) for v in column]) + "}"


def documents(values: Iterable[str]) -> str:
    """Return one JSON array of JSON texts: read once, and nothing in it to escape."""
    return "[" + ",".join(values) + "]"


def _array(values: Iterable[int | datetime | None]) -> str:
    # JSON but for its brackets and its null, which nothing here has in it.
    return "{" + _encode(list(values))[1:-1].decode().replace("null", "NULL") + "}"


def _quoted(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'
