"""Rules of auto-booking, and holidays."""

from datetime import date
from typing import Annotated

from ninja import Schema
from pydantic import Field

from yueke.api.schemas.contracts import Clock, Weekday
from yueke.api.schemas.parts import Asset, Id, In, Text

Day = Annotated[
    Annotated[date, Field(strict=False)],
    Field(description="A day of the market's calendar.", examples=["2026-10-01"]),
]


class WeeklyTimeIn(In):
    """A half-hour of every week."""

    weekday: Weekday
    at: Clock


class WeeklyTimeOut(Schema):
    """A half-hour of every week, by the market's wall clock."""

    weekday: int
    at: str


class AutoRuleIn(In):
    """What a learner is to have each week; times, teachers and tags with the most liked first."""

    learner: Id
    product: Text
    lessons: Annotated[int, Field(ge=1, le=14)]
    times: Annotated[list[WeeklyTimeIn], Field(min_length=1, max_length=100)]
    teachers: Annotated[list[Id], Field(default_factory=list, max_length=20)]
    tags: Annotated[list[Text], Field(default_factory=list, max_length=10)]
    spread: bool = True
    skips_holidays: bool = False
    pay_with: Asset = "credit"
    reason: Text = ""


class AutoRuleNamedIn(In):
    """A rule, and why."""

    rule: Id
    reason: Text = ""


class AutoRulePauseIn(AutoRuleNamedIn):
    """A rule to pause, or to let go on."""

    paused: bool


class AutoRuleKeptOut(Schema):
    """What a rule is now: active, paused or deleted."""

    rule: str
    learner: str
    product: str
    state: str
    new: bool


class AutoRuleOut(Schema):
    """A rule as it is stored, and who stored it."""

    rule: str
    learner: str
    learner_name: str
    product: str
    lessons: int
    times: list[WeeklyTimeOut]
    teachers: list[str]
    tags: list[str]
    spread: bool
    skips_holidays: bool
    pay_with: str
    state: str
    channel: str
    stored_at: str


class AutoRulesOut(Schema):
    """A page of rules, the last made first."""

    rules: list[AutoRuleOut]
    next: str | None


class HolidayIn(In):
    """Days of the market's calendar, the first and the last with them."""

    name: Annotated[Text, Field(min_length=1, max_length=200)]
    first_day: Day
    last_day: Day
    reason: Text = ""


class HolidayNamedIn(In):
    """A holiday, and why."""

    holiday: Id
    reason: Text = ""


class HolidayOut(Schema):
    """A holiday of the market."""

    holiday: str
    name: str
    first_day: date
    last_day: date


class HolidaysOut(Schema):
    """The market's holidays, the first first."""

    holidays: list[HolidayOut]
