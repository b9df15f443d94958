"""Make two transactions meet at the worst moment, every time: no sleeping and no luck.

One is stopped behind a gate right after it has read what it will decide on. The other comes and
either waits for a lock that the first holds, or overtakes it. Then the gate opens.

A control carries out the same statements with a lock taken out of their text.
"""

import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any, LiteralString

import psycopg
from django.db import connection, transaction

from yueke.kernel import sql
from yueke.kernel.questions import Answers, Params, Question, columns_of
from yueke.kernel.work import Rows, Work

_GATE = 4711
_PATIENCE_SECONDS = 30
# Statement, text to look for, text to put in its place.
Changes = Mapping[str, tuple[LiteralString, LiteralString]]


class Altered(Work):
    """A transaction whose statements are changed, and which waits at the gate after one of them."""

    def __init__(self, *, stops_after: str | None, changes: Changes) -> None:
        connection.ensure_connection()
        self._connection: psycopg.Connection[tuple[Any, ...]] = connection.connection
        super().__init__(self._connection)
        self._stops_after = stops_after
        self._changes = changes

    def run(self, package: str, name: str, params: Params = ()) -> Rows:
        """Run a statement as it was changed, then wait if it is the one to stop after."""
        rows = psycopg.Cursor(self._connection).execute(self._changed(package, name), params)
        self._wait_after(name)
        return rows

    def do(self, package: str, name: str, params: Sequence[Any] = ()) -> None:
        """Run a statement as it was changed, then wait if it is the one to stop after."""
        self.run(package, name, params)

    def ask(self, *questions: Question) -> Answers:
        """Ask questions as they were changed, then wait if one of them is to be stopped after."""
        text = sql.reads((self._changed(q.package, q.name), columns_of(q.row)) for q in questions)
        params = [value for question in questions for value in question.values()]
        rows = psycopg.RawCursor(self._connection).execute(text, params)
        for question in questions:
            self._wait_after(question.name)
        return Answers(rows, questions)

    def _changed(self, package: str, name: str) -> LiteralString:
        text = sql.load(package, name)
        if name in self._changes:
            old, new = self._changes[name]
            assert old in text, f"{name}.sql has changed: this control controls nothing"
            text = text.replace(old, new)
        return text

    def _wait_after(self, name: str) -> None:
        if name == self._stops_after:
            psycopg.Cursor(self._connection).execute(
                "SELECT pg_advisory_xact_lock_shared(%s)", (_GATE,)
            )


def altered(
    operation: Callable[[Work], Any],
    *,
    stops_after: str | None = None,
    changes: Changes | None = None,
) -> Callable[[], Any]:
    """Return what carries out an operation in a transaction of its own, altered."""

    def act() -> Any:
        with transaction.atomic():
            work = Altered(stops_after=stops_after, changes=changes or {})
            work.walk_indexes()
            return operation(work)

    return act


@dataclass
class Runner:
    """A thread with a connection of its own; `result` is what came of it, errors included."""

    act: Callable[[], Any]
    result: Any = None
    thread: threading.Thread = field(init=False)

    def __post_init__(self) -> None:
        self.thread = threading.Thread(target=self._run)
        self.thread.start()

    def _run(self) -> None:
        try:
            self.result = self.act()
        except Exception as error:
            self.result = error
        finally:
            connection.close()


def at_once(*acts: Callable[[], Any]) -> list[Any]:
    """Carry out all at one moment, each on a connection of its own; return what came of them."""
    barrier = threading.Barrier(len(acts))

    def after_all_are_there(act: Callable[[], Any]) -> Callable[[], Any]:
        def go() -> Any:
            connection.ensure_connection()
            barrier.wait()
            return act()

        return go

    runners = [Runner(after_all_are_there(act)) for act in acts]
    for runner in runners:
        runner.thread.join(_PATIENCE_SECONDS)
    return [runner.result for runner in runners]


def overtaken(first: Callable[[], Any], second: Callable[[], Any]) -> tuple[Any, Any]:
    """Stop the first at the gate, let the second come until it waits or is through; then open."""
    with _watcher() as watcher:
        watcher.execute("SELECT pg_advisory_lock(%s)", (_GATE,))
        return _let_meet(
            watcher,
            first,
            second,
            lambda: watcher.execute("SELECT pg_advisory_unlock(%s)", (_GATE,)),
        )


def behind(held: str, first: Callable[[], Any], second: Callable[[], Any]) -> tuple[Any, Any]:
    """Hold something by a statement until both wait, or the second is through; then let go."""
    with _watcher() as holder, _watcher() as watcher:
        holder.autocommit = False
        holder.execute(held)
        return _let_meet(watcher, first, second, holder.rollback)


def _let_meet(
    watcher: psycopg.Connection[Any],
    first: Callable[[], Any],
    second: Callable[[], Any],
    let_go: Callable[[], Any],
) -> tuple[Any, Any]:
    one = Runner(first)
    _wait_until(lambda: _waiting(watcher) == 1 or not one.thread.is_alive())
    assert one.thread.is_alive(), f"it never stopped: {one.result!r}"
    two = Runner(second)
    _wait_until(lambda: _waiting(watcher) == 2 or not two.thread.is_alive())
    let_go()
    for runner in (one, two):
        runner.thread.join(_PATIENCE_SECONDS)
    return one.result, two.result


@contextmanager
def _watcher() -> Iterator[psycopg.Connection[Any]]:
    params = connection.get_connection_params()
    names = ("host", "port", "user", "password", "dbname")
    given = {name: params[name] for name in names if params.get(name)}
    with psycopg.connect(**given, autocommit=True) as watcher:
        yield watcher


def _waiting(watcher: psycopg.Connection[Any]) -> int:
    row = watcher.execute(
        "SELECT count(*) FROM pg_stat_activity"
        " WHERE datname = current_database() AND wait_event_type = 'Lock'"
    ).fetchone()
    return int(row[0]) if row else 0


def _wait_until(is_so: Callable[[], bool]) -> None:
    until = time.monotonic() + _PATIENCE_SECONDS
    while not is_so():
        assert time.monotonic() < until, "nobody came to wait"
        time.sleep(0.005)
