"""Questions and their answers: named statements that return rows, several asked as one.

Rows travel as JSON, an array for each column.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from functools import cache
from typing import Any, Protocol, get_type_hints

import msgspec

from yueke.kernel import sql

Params = Sequence[Any] | Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Question:
    """A named statement that returns rows, and the dataclass whose fields are their columns."""

    package: str
    name: str
    params: Params
    row: type

    def values(self) -> Sequence[Any]:
        """Return the values of its placeholders in their places."""
        if isinstance(self.params, Mapping):
            return [self.params[name] for name in sql.names_in(self.package, self.name)]
        return self.params


class OneRow(Protocol):
    """What a statement of one row answers."""

    def fetchone(self) -> tuple[Any, ...] | None:
        """Return the row."""


class Answers:
    """What questions asked together were answered."""

    def __init__(self, cursor: OneRow, questions: Sequence[Question]) -> None:
        self._cursor = cursor
        self._questions = questions

    def fetch(self) -> list[list[Any]]:
        """Return the rows of each question, in the order they were asked."""
        texts = self._cursor.fetchone()
        assert texts is not None
        return [
            _rows(question.row, text) for text, question in zip(texts, self._questions, strict=True)
        ]


@cache
def columns_of(row: type) -> sql.Columns:
    """Return the columns of a question's rows."""
    return tuple(field.name for field in fields(row))


def _rows(row: type, text: Any) -> list[Any]:
    columns = _decoder(row).decode(text)
    return list(map(row, *columns)) if columns[0] else []


@cache
def _decoder(row: type) -> msgspec.json.Decoder[Any]:
    types = get_type_hints(row)
    columns = [list[types[name]] | None for name in columns_of(row)]  # type: ignore[valid-type]
    return msgspec.json.Decoder(tuple.__class_getitem__(tuple(columns)))
