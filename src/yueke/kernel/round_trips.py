"""Prepared statements that leave in one write and are answered in one wait.

psycopg's pipeline sends each statement as it comes, and so wakes the server for each; for a call
of few bookings that cost as much as carrying it out. A question by itself is sent and waited for
inside libpq: psycopg's own way costs ten times as much, and a search asks two.
"""

from collections.abc import Generator, Sequence
from contextlib import suppress
from datetime import datetime
from itertools import count
from typing import Any
from weakref import WeakKeyDictionary

import psycopg
from psycopg import generators, pq
from psycopg.errors import InvalidSqlStatementName, error_from_result

Raw = psycopg.Connection[tuple[Any, ...]]
Results = list[list[pq.abc.PGresult]]
_FAILED = (pq.ExecStatus.FATAL_ERROR, pq.ExecStatus.PIPELINE_ABORTED)
_numbers = count()
# The statements that each connection has prepared, by their texts.
_names: WeakKeyDictionary[Raw, dict[str, bytes]] = WeakKeyDictionary()


class Row:
    """The one row that a statement was answered."""

    def __init__(self, result: pq.abc.PGresult) -> None:
        self._result = result

    def fetchone(self) -> tuple[bytes | None, ...]:
        """Return the row."""
        result = self._result
        return tuple([result.get_value(0, place) for place in range(result.nfields)])


def ask_alone(raw: Raw, text: str, params: Sequence[Any] = ()) -> Row:
    """Ask a question of one row outside any transaction, with `$1` and so on for values."""
    try:
        return _ask_alone(raw, text, params)
    except InvalidSqlStatementName:
        # psycopg has the server forget every statement when it rolls back.
        _names[raw].clear()
        return _ask_alone(raw, text, params)


def _ask_alone(raw: Raw, text: str, params: Sequence[Any]) -> Row:
    prepared = _names.setdefault(raw, {})
    name = prepared.get(text)
    if name is None:
        name = b"yueke_%d" % next(_numbers)
        _check(raw, raw.pgconn.prepare(name, text.encode()))
        prepared[text] = name
    values: list[Any] = [_written(value) for value in params]
    result = raw.pgconn.exec_prepared(name, values)
    _check(raw, result)
    return Row(result)


def _check(raw: Raw, result: pq.abc.PGresult) -> None:
    """Raise what a result says went wrong."""
    if raw.closed:
        raise psycopg.OperationalError(raw.pgconn.get_error_message())
    if result.status in _FAILED:
        raise error_from_result(result, raw.info.encoding)


class Reply:
    """The answer to a statement of one row; to read it is to wait for it."""

    def __init__(self, trips: "RoundTrips") -> None:
        self._trips = trips
        self.result: pq.abc.PGresult | None = None

    def fetchone(self) -> tuple[bytes | None, ...] | None:
        """Return the row."""
        if self.result is None:
            self._trips.settle()
        assert self.result is not None
        return Row(self.result).fetchone()


class RoundTrips:
    """What one connection is asked; nobody else uses it between a `send` and its `settle`."""

    def __init__(self, raw: Raw) -> None:
        self._raw = raw
        self._pg = raw.pgconn
        self._prepared = _names.setdefault(raw, {})
        self._new: list[str] = []
        self._sent: list[Reply] = []

    def send(self, text: str, params: Sequence[Any] = ()) -> Reply:
        """Say what to run next, with `$1` and so on for values, and return its reply to come."""
        if self._pg.pipeline_status == pq.PipelineStatus.OFF:
            self._pg.enter_pipeline_mode()
        name = self._prepared.get(text)
        if name is None:
            name = self._prepared[text] = b"yueke_%d" % next(_numbers)
            self._new.append(text)
            self._pg.send_prepare(name, text.encode())
            self._sent.append(Reply(self))
        self._pg.send_query_prepared(name, [_written(value) for value in params])
        reply = Reply(self)
        self._sent.append(reply)
        return reply

    def settle(self) -> None:
        """Wait for all that was sent, and raise what the first statement that failed says."""
        if self._pg.pipeline_status == pq.PipelineStatus.OFF:
            return
        sent, self._sent = self._sent, []
        new, self._new = self._new, []
        try:
            self._pg.pipeline_sync()
            # The synchronization has a result of its own.
            *results, _ = self._raw.wait(_exchanged(self._pg, len(sent) + 1))
            for reply, results_of_one in zip(sent, results, strict=True):
                result = reply.result = results_of_one[-1]
                if result.status in _FAILED:
                    raise error_from_result(result, self._raw.info.encoding)
        except InvalidSqlStatementName:
            # psycopg has the server forget every statement when it rolls back.
            self._prepared.clear()
            raise
        except psycopg.Error:
            # Some of them may not have been prepared; they will be, under another name.
            for text in new:
                del self._prepared[text]
            raise
        finally:
            if self._pg.status == pq.ConnStatus.OK:
                self._pg.exit_pipeline_mode()

    def abandon(self) -> None:
        """Wait for all that was sent, whatever came of it."""
        with suppress(psycopg.Error):
            self.settle()


def _exchanged(pg: pq.abc.PGconn, count: int) -> Generator[Any, Any, Results]:
    yield from generators.send(pg)
    results = []
    for _ in range(count):
        results.append((yield from generators.fetch_many(pg)))
    return results


def _written(value: object) -> bytes | None:
    """Return a value as PostgreSQL reads it from text."""
    match value:
        case None:
            return None
        case str() | int() | datetime():
            return str(value).encode()
    raise TypeError(f"{type(value)} is not sent here")
