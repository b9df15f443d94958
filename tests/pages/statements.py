"""Counts what reaches the database, by Django or past it."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import psycopg
import pytest

from yueke.kernel import round_trips


@contextmanager
def counted(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """Collect every statement that the driver, or libpq alone, is given inside the block."""
    seen: list[str] = []
    execute, ask_alone = psycopg.Cursor.execute, round_trips.ask_alone

    def executing(self: Any, query: Any, *args: Any, **kwargs: Any) -> Any:
        seen.append(str(query))
        return execute(self, query, *args, **kwargs)

    def asking(raw: Any, text: str, *args: Any) -> Any:
        seen.append(text)
        return ask_alone(raw, text, *args)

    with monkeypatch.context() as patch:
        patch.setattr(psycopg.Cursor, "execute", executing)
        patch.setattr(round_trips, "ask_alone", asking)
        yield seen
