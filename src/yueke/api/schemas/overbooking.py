"""Overbooking and matching: lessons without teachers, how many, and who waits for one."""

from typing import Annotated, Literal

from ninja import Schema
from pydantic import Field

from yueke.api.schemas.contracts import Clock, Weekday
from yueke.api.schemas.parts import Amount, Asset, Id, In, Instant, Text


class OverbookingIn(In):
    """A lesson whose teacher is found at entry."""

    learner: Id
    starts_at: Instant
    product: Text = "trial"
    pay_with: Asset = "credit"
    lot: Id | None = None
    reason: Text = ""


class OverbookedOut(Schema):
    """A lesson just booked, without a teacher yet."""

    seat: str
    lesson: str
    state: Literal["booked"]
    learner: str
    teacher: str | None
    starts_at: str
    product: str
    paid: Amount
    free_cancel_until: str


class RoomOut(Schema):
    """A half-hour: how many lessons without teachers there may be, are, and are left.

    `held` teachers are held for them, `wanted` as the strategy says.
    """

    starts_at: str
    ceiling: int
    taken: int
    left: int
    wanted: int
    held: int


class RoomsOut(Schema):
    """The half-hours of a window at which lessons may be overbooked, or are."""

    product: str
    half_hours: list[RoomOut]


class StepIn(In):
    """What holds from a half-hour of the week on, until that of the next step."""

    weekday: Weekday
    at: Clock
    ratio_percent: Annotated[int, Field(ge=0, le=200)]
    floor: Annotated[int, Field(ge=0, le=10_000)]
    ceiling: Annotated[int, Field(ge=0, le=10_000)]


class StrategyIn(In):
    """The strategy of a product, in the place of the one before.

    `seen` is the mark of the one that the caller knows of: it is refused if it is another by now.
    """

    product: Text
    steps: list[StepIn]
    seen: Text | None = None
    reason: Text = ""


class StepOut(Schema):
    """What holds from a half-hour of the week on, until that of the next step."""

    weekday: int
    at: str
    ratio_percent: int
    floor: int
    ceiling: int


class StrategyOut(Schema):
    """The strategy of a product, step by step through the week; `mark` tells it from others."""

    product: str
    steps: list[StepOut]
    mark: str


class EntryIn(In):
    """A learner enters the room of their lesson; `entered_at` is when, if that was before now."""

    seat: Id
    entered_at: Instant | None = None


class EnteredOut(Schema):
    """How it stands with a learner at the door: waiting, matched, given_up or left."""

    seat: str
    lesson: str
    state: str
    teacher: str | None


class WaitOut(EnteredOut):
    """A learner who entered, since when they waited, and what came of it."""

    learner: str
    starts_at: str
    entered_at: str
    settled_at: str | None
    alerted_at: str | None


class WaitsOut(Schema):
    """A page of those who entered, the last seat first."""

    waits: list[WaitOut]
    next: str | None


class RematchIn(In):
    """A lesson for which another teacher is to be found."""

    seat: Id
    reason: Text = ""


class RematchedOut(Schema):
    """A lesson with its new teacher, and the one it had."""

    seat: str
    lesson: str
    teacher: str
    was: str | None
