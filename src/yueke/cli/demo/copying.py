"""Write rows by COPY: millions of even width as bytes straight from arrays, the rest as text."""

from collections.abc import Callable, Iterable, Sequence
from typing import Any

import numpy as np
from django.db import connection
from numpy.typing import NDArray
from psycopg import sql

from yueke.cli.demo.columns import MICROSECOND, Column
from yueke.kernel.sql import load

Told = Callable[[int], None]

_EPOCH = np.datetime64("2000-01-01", "us")
_ROWS_AT_A_TIME = 50_000
_HEADER = b"PGCOPY\n\xff\r\n\0" + bytes(8)
_TRAILER = b"\xff\xff"
# Before the text of a `jsonb` stands the version of its format.
_JSONB = b"\x01"


def json_of(text: str) -> bytes:
    """Return a constant `jsonb` column."""
    return _JSONB + text.encode()


def copy_arrays(table: str, columns: dict[str, Column], *, told: Told) -> None:
    """Write as many rows as the arrays have; numbers must have the width of their columns."""
    count = next(len(c) for c in columns.values() if isinstance(c, np.ndarray))
    with connection.cursor() as cursor, cursor.copy(_copy("binary", table, columns)) as copy:
        copy.write(_HEADER)
        for first in range(0, count, _ROWS_AT_A_TIME):
            last = min(first + _ROWS_AT_A_TIME, count)
            copy.write(_packed(columns, first, last).tobytes())
            told(last - first)
        copy.write(_TRAILER)


def copy_rows(
    table: str, columns: Sequence[str], rows: Iterable[Sequence[object]], *, told: Told
) -> None:
    """Write rows whose texts have any width."""
    with connection.cursor() as cursor, cursor.copy(_copy("text", table, columns)) as copy:
        written = 0
        for row in rows:
            copy.write_row(row)
            written += 1
            if written == _ROWS_AT_A_TIME:
                told(written)
                written = 0
        told(written)


def _copy(form: str, table: str, columns: Iterable[str]) -> sql.Composed:
    names = sql.SQL(", ").join(map(sql.Identifier, columns))
    statement = sql.SQL(load(__package__, f"copy_{form}"))
    return statement.format(sql.Identifier(table), names)


def _packed(columns: dict[str, Column], first: int, last: int) -> NDArray[Any]:
    """Lay rows out as COPY reads them: the number of fields, then each field's length and bytes."""
    fields: list[tuple[str, Any]] = [("fields", ">i2")]
    values: dict[str, Any] = {"fields": len(columns)}
    for name, column in columns.items():
        value = _wire(column[first:last] if isinstance(column, np.ndarray) else column)
        fields.append((f"{name} length", ">i4"))
        values[f"{name} length"] = -1 if value is None else value.dtype.itemsize
        if value is not None:
            fields.append((name, value.dtype))
            values[name] = value
    packed = np.empty(last - first, np.dtype(fields))
    for name, value in values.items():
        packed[name] = value
    return packed


def _wire(column: Column) -> NDArray[Any] | None:
    if column is None:
        return None
    if isinstance(column, bytes):
        return np.array(np.void(column))
    # An array of no dimension, for a number by itself has the byte order of this machine.
    values = np.asarray(column)
    if values.dtype.kind == "M":
        values = (values - _EPOCH) // MICROSECOND
    return values.astype(values.dtype.newbyteorder(">"))
