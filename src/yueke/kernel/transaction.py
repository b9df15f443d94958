"""Transactions over Django's connection: the one file of the kernel that knows Django."""

import select
from collections.abc import Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import dataclass
from functools import cache
from typing import Any

import msgspec
import psycopg
from django.db import connection, transaction
from psycopg.pq import TransactionStatus

from yueke.kernel import sql

Params = Sequence[Any] | Mapping[str, Any]
Rows = psycopg.Cursor[tuple[Any, ...]]


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


class Answers:
    """What questions asked together were answered."""

    def __init__(self, cursor: Rows, questions: Sequence[Question]) -> None:
        self._cursor = cursor
        self._questions = questions

    def fetch(self) -> list[list[Any]]:
        """Return the rows of each question, in the order they were asked."""
        texts = self._cursor.fetchone()
        assert texts is not None
        return [
            [] if text is None else _decoder(question.row).decode(text)
            for text, question in zip(texts, self._questions, strict=True)
        ]


class Work:
    """An open transaction that runs named statements."""

    def __init__(
        self, raw: psycopg.Connection[tuple[Any, ...]], *, waits_for_nothing: bool = False
    ) -> None:
        self._raw = raw
        self._waits_for_nothing = waits_for_nothing
        self._gathered: list[tuple[str, str, Sequence[Any]]] | None = None

    def run(self, package: str, name: str, params: Params = ()) -> Rows:
        """Run `<package>/sql/<name>.sql`, planned once for any values, and return its cursor."""
        cursor: Rows = psycopg.Cursor(self._raw)
        return cursor.execute(sql.load(package, name), params, prepare=True)

    def ask(self, *questions: Question) -> Answers:
        """Send questions as one statement: what each returns is as of one moment."""
        text = sql.reads_of(tuple([(q.package, q.name) for q in questions]))
        params = [value for question in questions for value in question.values()]
        return Answers(psycopg.RawCursor(self._raw).execute(text, params, prepare=True), questions)

    def write(self, package: str, name: str, params: Sequence[Any]) -> None:
        """Run a statement that changes rows and returns none; inside `as_one`, keep it for then."""
        if self._gathered is None:
            self.run(package, name, params)
        else:
            self._gathered.append((package, name, params))

    @contextmanager
    def as_one(self) -> Iterator[None]:
        """Send the writes of the block as one statement: each touches rows of its own."""
        self._gathered = []
        try:
            yield
            gathered = self._gathered
        finally:
            self._gathered = None
        if gathered:
            text = sql.writes_of(tuple([(package, name) for package, name, _ in gathered]))
            params = [param for _, _, params in gathered for param in params]
            psycopg.RawCursor(self._raw).execute(text, params, prepare=True)

    def run_for_values(self, package: str, name: str, params: Params = ()) -> Rows:
        """Run a statement planned anew for its values: one with optional filters, or a report."""
        # Values that the server binds are planned for as unknown here, prepared or not.
        cursor: Rows = psycopg.ClientCursor(self._raw)
        return cursor.execute(sql.load(package, name), params)

    def walk_indexes(self) -> None:
        """Answer the rest of the transaction's statements key by key, along indexes."""
        self.run("yueke.kernel", "walk_indexes")

    def together(self) -> AbstractContextManager[Any]:
        """Send the statements of the block in one round trip; read their rows in it or after."""
        return nullcontext() if self._waits_for_nothing else self._raw.pipeline()


@contextmanager
def begin() -> Iterator[Work]:
    """Open one transaction, or join the one that the caller holds open."""
    # Inside a transaction this would close the connection, and the caller's work with it.
    if not connection.in_atomic_block:
        _drop_if_dead()
    with transaction.atomic():
        yield Work(_raw())


@contextmanager
def begin_without_waiting() -> Iterator[Work]:
    """Open one transaction that waits only where rows are read and for its end, or join one.

    It is for statements of `Work` alone. A write that fails is heard of at the next wait.
    """
    if connection.in_atomic_block:
        yield Work(_raw())
        return
    _drop_if_dead()
    raw = _raw()
    try:
        with raw.pipeline(), raw.transaction():
            yield Work(raw, waits_for_nothing=True)
    finally:
        # Where a statement failed, the end that was sent after it has not been carried out.
        if not raw.closed and raw.info.transaction_status is not TransactionStatus.IDLE:
            raw.rollback()


@contextmanager
def all_or_nothing() -> Iterator[None]:
    """Inside a transaction, take back what the block wrote if it raises; the rest stands."""
    with transaction.atomic():
        yield


@contextmanager
def rehearse() -> Iterator[Work]:
    """Open a transaction that leaves nothing behind, whatever is written in it."""
    with begin() as work:
        yield work
        transaction.set_rollback(True)


@contextmanager
def read() -> Iterator[Work]:
    """Run statements that change nothing, each in a snapshot of its own."""
    connection.ensure_connection()
    yield Work(_raw())


@contextmanager
def snapshot() -> Iterator[Work]:
    """Read everything as it was at one moment, however long it takes, and change nothing."""
    connection.close_if_unusable_or_obsolete()
    with transaction.atomic():
        work = Work(_raw())
        work.run("yueke.kernel", "read_one_snapshot")
        yield work


def _drop_if_dead() -> None:
    """Close an idle connection that its server has left; the next statement opens another."""
    if _has_news():
        connection.close_if_unusable_or_obsolete()
        connection.close_if_health_check_failed()


def _has_news() -> bool:
    """Tell whether an idle connection has something to read: mostly, that its server has gone.

    It costs a hundredth of what Django's own check does, which asks the server.
    """
    raw = connection.connection
    if raw is None or raw.closed:
        return True
    readable, _, _ = select.select([raw.fileno()], [], [], 0)
    return bool(readable)


@cache
def _decoder(row: type) -> msgspec.json.Decoder[list[Any]]:
    rows: Any = list[row]  # type: ignore[valid-type]
    return msgspec.json.Decoder(rows)


def _raw() -> psycopg.Connection[tuple[Any, ...]]:
    connection.ensure_connection()
    raw: psycopg.Connection[tuple[Any, ...]] = connection.connection
    return raw
