"""Named statements inside an open transaction, or where none is open."""

from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext
from typing import Any, LiteralString

import psycopg
from psycopg.pq import TransactionStatus

from yueke.kernel import alike, round_trips, sql
from yueke.kernel.questions import Answers, OneRow, Params, Question, columns_of
from yueke.kernel.round_trips import Raw, RoundTrips

Rows = psycopg.Cursor[tuple[Any, ...]]
# Nothing is under way: there is none to take back, or no connection.
_OVER = (TransactionStatus.IDLE, TransactionStatus.UNKNOWN)


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
            self._send(*alike.sent_once(names, params))

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
