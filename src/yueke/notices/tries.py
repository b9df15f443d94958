"""Carry out an operation anew where another transaction wrote a row of the same key first."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import TypeVar

from django.db import IntegrityError
from psycopg.errors import UniqueViolation

from yueke.kernel.transaction import Work, begin

Result = TypeVar("Result")
_TRIES = 3


def tried(
    operation: Callable[[Work], Result],
    opened: Callable[[], AbstractContextManager[Work]] = begin,
) -> Result:
    """Open one transaction and carry out an operation in it.

    A key used twice at one instant fails the later transaction, which is tried again and then
    finds the answer; so does what is made twice, and then finds what was made.
    """
    for tries_left in reversed(range(_TRIES)):
        try:
            with opened() as work:
                return operation(work)
        except (UniqueViolation, IntegrityError) as error:
            is_taken = UniqueViolation in (type(error), type(error.__cause__))
            if not is_taken or not tries_left:
                raise
    raise AssertionError("unreachable")
