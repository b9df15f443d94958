"""Dedicated teachers, and time that is their learners' first."""

from typing import Annotated

from ninja import Schema
from pydantic import Field

from yueke.api.schemas.contracts import Clock, Weekday
from yueke.api.schemas.parts import Asset, Id, In, Instant, Problem, Text


class WeeklyTimeIn(In):
    """A half-hour of every week, on the market's wall clock."""

    weekday: Weekday
    at: Clock


class DedicatedIn(In):
    """A learner's own teacher of a product, and the weekly times that Monday's run books."""

    learner: Id
    product: Text
    teacher: Id
    times: Annotated[list[WeeklyTimeIn], Field(default_factory=list)]
    pay_with: Asset = "credit"
    reason: Text = ""


class DedicatedEndIn(In):
    """A learner, and the product of which they leave their own teacher."""

    learner: Id
    product: Text
    reason: Text = ""


class WeeklyTimeOut(Schema):
    """A half-hour of every week, on the market's wall clock."""

    weekday: int
    at: str


class DedicatedNowOut(Schema):
    """A dedicated teacher as it is now; `ended_at` once it is over."""

    learner: str
    product: str
    teacher: str
    times: list[WeeklyTimeOut]
    chosen_at: str
    ended_at: str | None


class DedicatedOut(DedicatedNowOut):
    """A dedicated teacher with the names of both."""

    learner_name: str
    teacher_name: str


class DedicatedsOut(Schema):
    """A page of dedicated teachers, by learner."""

    dedicated: list[DedicatedOut]
    next: str | None


class PriorityBookingIn(In):
    """Book a learner's dedicated teacher; `lot` names the coupon or lot to pay from."""

    learner: Id
    product: Text
    starts_at: Instant
    pay_with: Asset = "credit"
    lot: Id | None = None
    reason: Text = ""


class AssuredOneIn(In):
    """A learner of the list, and when they are to have their dedicated teacher."""

    learner: Id
    starts_at: Instant


class AssuredIn(In):
    """Learners to be booked with their dedicated teachers, or to be asked for."""

    product: Text
    learners: list[AssuredOneIn]
    reason: Text = ""


class AssuredOneOut(Schema):
    """What a learner got: a seat, or a request that waits for the teacher."""

    learner: str
    teacher: str
    starts_at: str
    outcome: str
    seat: str | None
    request: str | None


class AssuredOut(Schema):
    """One answer a learner, in order: booked, asked, or a problem."""

    results: list[AssuredOneOut | Problem]
