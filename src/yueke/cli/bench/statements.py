"""Counts what reaches the database, by Django or past it."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import psycopg

from yueke.kernel import round_trips
from yueke.kernel.round_trips import RoundTrips


@contextmanager
def counted() -> Iterator[list[str]]:
    """Collect every statement that the driver, or libpq past it, is given inside the block.

    What a transaction that does not wait sends is among them, its BEGIN and COMMIT as well.
    """
    seen: list[str] = []
    execute, ask_alone, send = psycopg.Cursor.execute, round_trips.ask_alone, RoundTrips.send

    def executing(self: Any, query: Any, *args: Any, **kwargs: Any) -> Any:
        seen.append(str(query))
        return execute(self, query, *args, **kwargs)

    def asking(raw: Any, text: str, *args: Any) -> Any:
        seen.append(text)
        return ask_alone(raw, text, *args)

    def sending(self: Any, text: str, *args: Any) -> Any:
        seen.append(text)
        return send(self, text, *args)

    psycopg.Cursor.execute = executing  # type: ignore[method-assign]
    round_trips.ask_alone = asking  # type: ignore[assignment]
    RoundTrips.send = sending  # type: ignore[method-assign, assignment]
    try:
        yield seen
    finally:
        psycopg.Cursor.execute = execute  # type: ignore[method-assign]
        round_trips.ask_alone = ask_alone
        RoundTrips.send = send  # type: ignore[method-assign]
