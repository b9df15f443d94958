"""Millions of rows as arrays: what a binary COPY of whole numbers wrote, read at once."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from yueke.kernel.questions import Params
from yueke.kernel.work import Work

Numbers = NDArray[np.int64]
_HEAD_BYTES, _TAIL_BYTES = 19, 2


def read_numbers(
    work: Work, package: str, name: str, params: Params, *, columns: Sequence[str]
) -> dict[str, Numbers]:
    """Run a named binary COPY whose columns are all bigint and never null; return them by name."""
    row = np.dtype(
        [("fields", ">i2")]
        + [field for column in columns for field in ((f"{column} bytes", ">i4"), (column, ">i8"))]
    )
    text = work.copy_out(package, name, params)
    count, rest = divmod(len(text) - _HEAD_BYTES - _TAIL_BYTES, row.itemsize)
    assert not rest, f"{name}: not every column is a bigint"
    rows = np.frombuffer(text, row, count=count, offset=_HEAD_BYTES)
    return {column: rows[column].astype(np.int64) for column in columns}


def read_lists(work: Work, package: str, name: str, params: Params) -> Numbers:
    """Run a named text COPY of one column, `1,2,3` a row, and return all its numbers in order."""
    text = work.copy_out(package, name, params)
    lines = [line for line in text.split(b"\n") if line]
    return np.fromstring(b",".join(lines).decode(), dtype=np.int64, sep=",")
