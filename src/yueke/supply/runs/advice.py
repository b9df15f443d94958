"""What a kind of run knows of its rows, and the door to a seat does not."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from yueke.booking.orders import BookLesson
from yueke.kernel.transaction import Work
from yueke.supply.runs.rows import ClaimedRow

# By the rows' places: what to try for each that was refused, best first.
Instead = dict[int, list[BookLesson]]


def _none_surplus(_: Work, __: Sequence[ClaimedRow]) -> set[int]:
    return set()


def _nothing_instead(_: Sequence[ClaimedRow], __: datetime) -> Instead:
    return {}


@dataclass(frozen=True, slots=True)
class Advice:
    """Of what kind of rows none are booked, and what is tried where a row's own lesson was refused.

    `surplus` returns the places of rows that are not wanted any more; it may lock learners.
    """

    surplus: Callable[[Work, Sequence[ClaimedRow]], set[int]] = _none_surplus
    instead: Callable[[Sequence[ClaimedRow], datetime], Instead] = _nothing_instead
