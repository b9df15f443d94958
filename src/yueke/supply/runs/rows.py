"""The rows of a run inside the caller's transaction: written, claimed, closed."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import islice

from yueke.kernel.columns import instants, numbers, texts
from yueke.kernel.transaction import Question, Work

# One statement's worth of rows: what the server must hold at once.
_CHUNK = 50_000


@dataclass(slots=True)
class NewRow:
    """A lesson that is wanted; without a teacher and a time it is missed from the first."""

    learner_id: int
    product: str
    asset: str
    teacher_id: int | None
    starts_at: datetime | None
    why: str


@dataclass(slots=True)
class ClaimedRow:
    """A waiting row that nobody else changes meanwhile."""

    place: int
    learner_id: int
    product: str
    asset: str
    teacher_id: int
    starts_at: datetime


def insert(work: Work, *, run_id: int, rows: Iterable[NewRow]) -> int:
    """Write the rows of a run, placed from 0 in their order; return how many."""
    rest, place = iter(rows), 0
    while some := list(islice(rest, _CHUNK)):
        columns = (
            numbers(range(place, place + len(some))),
            numbers(row.learner_id for row in some),
            texts(row.product for row in some),
            texts(row.asset for row in some),
            numbers(row.teacher_id for row in some),
            instants(row.starts_at for row in some),
            texts("missed" if row.teacher_id is None else "waiting" for row in some),
            texts(row.why for row in some),
        )
        work.write(__package__, "insert_rows", (run_id, *columns))
        place += len(some)
    return place


def claim(*, run_id: int, after: int, count: int) -> Question:
    """Lock at most `count` waiting rows of a run beyond a place, those of other workers left.

    Rows are ClaimedRow.
    """
    return Question(__package__, "claim_rows", (run_id, after, count), ClaimedRow)


def book(work: Work, *, run_id: int, booked: Sequence[tuple[int, int]]) -> None:
    """Note the seats of rows: (place, seat)."""
    if booked:
        columns = (numbers(place for place, _ in booked), numbers(seat for _, seat in booked))
        work.write(__package__, "book_rows", (*columns, run_id))


def miss(work: Work, *, run_id: int, missed: Sequence[tuple[int, str]]) -> None:
    """Note of rows why they could not be booked: (place, why)."""
    if missed:
        columns = (numbers(place for place, _ in missed), texts(why for _, why in missed))
        work.write(__package__, "miss_rows", (*columns, run_id))
