"""Named statements inside an open transaction: questions, their answers, and writes."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import dataclass, fields
from functools import cache
from typing import Any, LiteralString, Protocol, get_type_hints

import msgspec
import psycopg
from psycopg.pq import TransactionStatus

from yueke.kernel import round_trips, sql
from yueke.kernel.round_trips import Raw, RoundTrips

Params = Sequence[Any] | Mapping[str, Any]
Rows = psycopg.Cursor[tuple[Any, ...]]
# A column of more characters is worth comparing; a few shorter ones may be alike by chance, and
# each way of being alike makes another statement to prepare.
_LONG = 64
# Nothing is under way: there is none to take back, or no connection.
_OVER = (TransactionStatus.IDLE, TransactionStatus.UNKNOWN)


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


class Work:
    """An open transaction that runs named statements."""

    # Nobody else's work is in it: where it fails, it may be tried again.
    stands_alone = False

    def __init__(self, raw: Raw) -> None:
        self._raw = raw
        self._gathered: list[tuple[str, str, Sequence[Any]]] | None = None

    def run(self, package: str, name: str, params: Params = ()) -> Rows:
        """Run `<package>/sql/<name>.sql`, planned once for any values, and return its cursor."""
        cursor: Rows = psycopg.Cursor(self._raw)
        return cursor.execute(sql.load(package, name), params, prepare=True)

    def do(self, package: str, name: str, params: Sequence[Any] = ()) -> None:
        """Run a statement whose rows nobody reads."""
        self._send(sql.numbered(package, name), params)

    def ask(self, *questions: Question) -> Answers:
        """Send questions as one statement: what each returns is as of one moment."""
        text = sql.reads_of(tuple([(q.package, q.name, columns_of(q.row)) for q in questions]))
        params = [value for question in questions for value in question.values()]
        return Answers(self._send(text, params), questions)

    def write(self, package: str, name: str, params: Sequence[Any]) -> None:
        """Run a statement that changes rows and returns none; inside `as_one`, keep it for then."""
        if self._gathered is None:
            self.do(package, name, params)
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
            names = tuple([(package, name) for package, name, _ in gathered])
            params = [param for _, _, params in gathered for param in params]
            places, once = _once(sql.array_types(names), params)
            self._send(sql.writes_of(names, places), once)

    def run_for_values(self, package: str, name: str, params: Params = ()) -> Rows:
        """Run a statement planned anew for its values: one with optional filters, or a report."""
        # Values that the server binds are planned for as unknown here, prepared or not.
        cursor: Rows = psycopg.ClientCursor(self._raw)
        return cursor.execute(sql.load(package, name), params)

    def copy_out(self, package: str, name: str, params: Params = ()) -> bytes:
        """Run a named `COPY … TO STDOUT`, planned for its values, and return what it wrote."""
        with psycopg.Cursor(self._raw).copy(sql.load(package, name), params) as copy:
            return b"".join(bytes(block) for block in copy)

    def walk_indexes(self) -> None:
        """Answer the rest of the transaction's statements key by key, along indexes."""
        self.do("yueke.kernel", "walk_indexes")

    def together(self) -> AbstractContextManager[Any]:
        """Send the statements of the block in one round trip; read their rows in it or after."""
        return self._raw.pipeline()

    def _send(self, text: LiteralString, params: Sequence[Any]) -> OneRow:
        return psycopg.RawCursor(self._raw).execute(text, params, prepare=True)


class Reading(Work):
    """Statements that change nothing, on a connection that has no transaction open."""

    def _send(self, text: LiteralString, params: Sequence[Any]) -> OneRow:
        return round_trips.ask_alone(self._raw, text, params)


class UnwaitingWork(Work):
    """A transaction of its own that waits only where rows are read, and for its end."""

    stands_alone = True

    def __init__(self, raw: Raw) -> None:
        super().__init__(raw)
        self._trips = RoundTrips(raw)
        self._trips.send("BEGIN")

    def run(self, package: str, name: str, params: Params = ()) -> Rows:
        """Run a statement as others do, after all that was sent."""
        self.settle()
        return super().run(package, name, params)

    def run_for_values(self, package: str, name: str, params: Params = ()) -> Rows:
        """Run a statement planned for its values, after all that was sent."""
        self.settle()
        return super().run_for_values(package, name, params)

    def settle(self) -> None:
        """Wait for all that was sent, so that others may use the connection."""
        self._trips.settle()

    def together(self) -> AbstractContextManager[Any]:
        """Send the statements of the block in one round trip, as all others here."""
        return nullcontext()

    def commit(self) -> None:
        """End it."""
        self._trips.send("COMMIT")
        self._trips.settle()

    def end(self) -> None:
        """Take back what was not committed, and leave the connection to others."""
        self._trips.abandon()
        if self._raw.info.transaction_status not in _OVER:
            self._trips.send("ROLLBACK")
            self._trips.settle()

    def _send(self, text: LiteralString, params: Sequence[Any]) -> OneRow:
        return self._trips.send(text, params)


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


def _once(types: Sequence[str], params: Sequence[Any]) -> tuple[tuple[int, ...], list[Any]]:
    """Return of each value its place among those to send, and these: a column is sent once."""
    places: list[int] = []
    sent: list[Any] = []
    columns: dict[tuple[str, str], int] = {}
    for type_, value in zip(types, params, strict=True):
        place = len(sent)
        if type_ and len(value) > _LONG:
            place = columns.setdefault((type_, value), place)
        if place == len(sent):
            sent.append(value)
        places.append(place)
    return tuple(places), sent
