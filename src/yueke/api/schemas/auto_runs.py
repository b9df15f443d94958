"""Weekly runs of auto-booking: how far they are, and why each row is as it is."""

from typing import Annotated, Any

from ninja import Schema
from pydantic import Field

from yueke.api.schemas.parts import Amount, Id, In, Instant, Text


class AutoRunOut(Schema):
    """A run for the week from a Monday: planning, booking or finished, and its rows by state."""

    run: str
    week: str
    state: str
    started_at: str
    planned_at: str | None
    finished_at: str | None
    waiting: int
    booked: int
    missed: int


class AutoRunsOut(Schema):
    """A page of runs, the last first."""

    runs: list[AutoRunOut]
    next: str | None


class AutoRowOut(Schema):
    """One lesson that was wanted: waiting, booked or missed. `why` is codes and facts."""

    place: int
    learner: str
    learner_name: str
    product: str
    teacher: str | None
    teacher_name: str | None
    starts_at: str | None
    state: str
    seat: str | None
    why: dict[str, Any]


class AutoRowsOut(Schema):
    """A page of a run's rows, in their order."""

    rows: list[AutoRowOut]
    next: str | None


class AlternativeOut(Schema):
    """A free half-hour near to what was asked for, and a teacher who is free then."""

    starts_at: str
    teacher: str
    teacher_name: str


class TakenOut(Schema):
    """An acceptable time at which all teachers of the level were taken, and by whom."""

    starts_at: str
    learners: list[str]


class AutoRowExplainedOut(AutoRowOut):
    """A row with what could be had instead, and who was taught at the times that were taken."""

    alternatives: list[AlternativeOut]
    taken: list[TakenOut]


class AutoRowBookIn(In):
    """A missed row, and the teacher and time chosen for it."""

    run: Id
    place: Annotated[int, Field(ge=0, le=100_000_000)]
    teacher: Id
    starts_at: Instant
    reason: Text = ""


class AutoRowBookedOut(Schema):
    """A row that was missed and is booked now."""

    run: str
    place: int
    seat: str
    learner: str
    teacher: str
    starts_at: str
    product: str
    paid: Amount


class ForeseenRowOut(Schema):
    """One lesson as it would be booked or missed."""

    learner: str
    product: str
    teacher: str | None
    starts_at: str | None
    why: dict[str, Any]


class ForeseenOut(Schema):
    """What a run would book now; `reasons` counts the missed, `rows` are the first."""

    week: str
    booked: int
    missed: int
    reasons: dict[str, int]
    rows: list[ForeseenRowOut]
