"""Carry out an operation anew where another transaction wrote a row of the same key first."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import TypeVar

from django.db import IntegrityError
from psycopg.errors import InvalidSqlStatementName, UniqueViolation

from yueke.kernel.transaction import Work, begin

Result = TypeVar("Result")
_TRIES = 3


def tried(
    operation: Callable[[Work], Result],
    opened: Callable[[], AbstractContextManager[Work]] = begin,
) -> Result:
    """Open one transaction and carry out an operation in it.

    A key used twice at one instant fails the later transaction, which is tried again and then
    finds the answer; so does what is made twice, and then finds what was made. A transaction that
    relied on a prepared statement which the server has forgotten is tried again as well.
    """
    for tries_left in reversed(range(_TRIES)):
        try:
            with opened() as work:
                return operation(work)
        except (InvalidSqlStatementName, UniqueViolation, IntegrityError) as error:
            if not _passes({type(error), type(error.__cause__)}) or not tries_left:
                raise
    raise AssertionError("unreachable")


def _passes(kinds: set[type]) -> bool:
    """Tell whether it may go well next time."""
    return not kinds.isdisjoint({InvalidSqlStatementName, UniqueViolation})
