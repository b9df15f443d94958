"""Contracts of dual learners: proposed, answered, ended."""

from datetime import date
from typing import Annotated

from ninja import Schema
from pydantic import Field

from yueke.api.schemas.parts import Asset, Id, In, Text

Weekday = Annotated[int, Field(ge=0, le=6, description="0 is Monday, by the market's calendar.")]
Clock = Annotated[
    Text, Field(description="A half-hour of the market's wall clock.", examples=["19:30"])
]
Monday = Annotated[
    Annotated[date, Field(strict=False)],
    Field(description="The Monday of a week.", examples=["2026-03-09"]),
]


class PartIn(In):
    """A teacher, and the weekly time that is to be theirs."""

    teacher: Id
    weekday: Weekday
    at: Clock


class ContractIn(In):
    """A dual learner's schedule: a Chinese and a foreign teacher, and the first week."""

    learner: Id
    product: Text
    pay_with: Asset = "credit"
    first_week: Monday
    chinese: PartIn
    foreign: PartIn
    reason: Text = ""


class ContractAnswerIn(In):
    """A contract, and why it is answered so."""

    contract: Id
    reason: Text = ""


class ContractLessonOut(Schema):
    """The lesson of one week: proposed, booked, missed, declined, unanswered or freed.

    `why` is the code of what kept it from being booked: `holiday` where its day is one of the
    market's holidays.
    """

    week: str
    starts_at: str | None
    state: str
    seat: str | None
    why: str | None


class ContractNowOut(Schema):
    """A contract: proposed, active, declined or ended; two with one `pair` are dual."""

    contract: str
    pair: str
    learner: str
    teacher: str
    state: str
    lessons: list[ContractLessonOut]


class ContractsNowOut(Schema):
    """The contracts that a command was about, with the lessons it changed."""

    results: list[ContractNowOut]


class ContractOut(ContractNowOut):
    """A contract with its weekly time and its people."""

    learner_name: str
    teacher_name: str
    product: str
    weekday: int
    at: str
    first_week: str
    reason: str
    answer: str


class ContractsOut(Schema):
    """A page of contracts, newest first, each with its lessons by week."""

    contracts: list[ContractOut]
    next: str | None


class CandidateOut(Schema):
    """A teacher of the same kind who is free for the lesson of a week."""

    teacher: str
    name: str
    rating: float


class CandidatesOut(Schema):
    """Teachers who could teach a lesson that came back, best first."""

    week: str
    candidates: list[CandidateOut]
