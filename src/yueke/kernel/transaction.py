"""Transactions over Django's connection: the one file of the kernel that knows Django."""

import select
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connection, transaction

from yueke.kernel.questions import Question
from yueke.kernel.round_trips import Raw
from yueke.kernel.work import Reading, UnwaitingWork, Work

__all__ = [
    "Question",
    "Work",
    "all_or_nothing",
    "begin",
    "begin_without_waiting",
    "read",
    "rehearse",
    "snapshot",
]


# The transactions under way that may have sent what is not answered yet.
_unwaiting: dict[Raw, UnwaitingWork] = {}


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

    A write that fails is heard of at the next wait.
    """
    if connection.in_atomic_block:
        yield Work(_raw())
        return
    _drop_if_dead()
    raw = _raw()
    work = _unwaiting[raw] = UnwaitingWork(raw)

    def after_what_was_sent(execute: Callable[..., Any], *statement: Any) -> Any:
        work.settle()
        return execute(*statement)

    try:
        # Rules and policies are read by models, on the same connection.
        with connection.execute_wrapper(after_what_was_sent):
            yield work
        work.commit()
    finally:
        del _unwaiting[raw]
        work.end()


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
    raw = _raw()
    # A transaction that Django has opened begins with the first statement that psycopg sends.
    yield Reading(raw) if raw.autocommit and raw not in _unwaiting else Work(raw)


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


def _raw() -> Raw:
    connection.ensure_connection()
    raw: Raw = connection.connection
    if raw in _unwaiting:
        _unwaiting[raw].settle()
    return raw
