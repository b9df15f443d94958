"""Teachers' slots."""

from typing import Annotated, Literal

from ninja import Schema
from pydantic import Field

from yueke.api.schemas.parts import Id, In, Instant, Problem, Text


class SlotOut(Schema):
    """A teacher's half-hour."""

    starts_at: str
    state: str
    target_kind: str | None
    reserved_until: str | None


class SlotsOut(Schema):
    """A teacher's slots in order of time."""

    slots: list[SlotOut]


class TargetIn(In):
    """For whom slots are kept: a learner's id, or a product's code."""

    kind: Literal["student", "product"]
    id: Text


class ReleaseIn(In):
    """Release half-hours of one teacher, for one target when given."""

    teacher: Id
    starts: list[Instant]
    target: TargetIn | None = None
    reason: Text = ""


class StretchIn(In):
    """A stretch of a weekday on the teacher's own clock; Monday is 0."""

    weekday: Annotated[int, Field(ge=0, le=6)]
    begins: Annotated[str, Field(examples=["18:00"])]
    ends: Annotated[str, Field(examples=["21:30"])]


class PatternIn(In):
    """Release a weekly pattern in the teacher's own time zone, days inclusive."""

    teacher: Id
    stretches: list[StretchIn]
    first: Annotated[str, Field(examples=["2026-03-02"])]
    last: Annotated[str, Field(examples=["2026-03-29"])]
    reason: Text = ""


class WithdrawIn(In):
    """Take half-hours back."""

    teacher: Id
    starts: list[Instant]
    reason: Text = ""


class TargetingIn(In):
    """Keep open slots for a target, or with none for anyone."""

    teacher: Id
    starts: list[Instant]
    target: TargetIn | None = None
    reserved_until: Instant | None = None
    reason: Text = ""


class SlotResult(Schema):
    """What became of one half-hour: released, there_already, withdrawn or targeted."""

    starts_at: str
    outcome: str


class SlotResultsOut(Schema):
    """The outcome of each half-hour in the order asked: results and problems."""

    results: list[SlotResult | Problem]
