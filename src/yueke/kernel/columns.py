"""Write lists of values as PostgreSQL array literals: one parameter a column, however many rows.

A driver adapts a Python list value by value; building the literal costs a fraction of that, and
the set-based statements pass some fifty columns a call.
"""

from collections.abc import Iterable
from datetime import datetime
from functools import lru_cache


def numbers(values: Iterable[int | None]) -> str:
    """Return `{1,2,NULL}`."""
    return "{" + ",".join(map(str, values)).replace("None", "NULL") + "}"


def booleans(values: Iterable[bool | None]) -> str:
    """Return `{true,false,NULL}`."""
    return "{" + ",".join("NULL" if v is None else str(v).lower() for v in values) + "}"


def instants(values: Iterable[datetime | None]) -> str:
    """Return an array literal of timestamps with their offset."""
    joined = '","'.join(map(_instant, values))
    return ('{"' + joined + '"}').replace('"None"', "NULL") if joined else "{}"


@lru_cache(maxsize=4096)
def _instant(value: datetime | None) -> str:
    return str(value)


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


def _quoted(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'
