"""What callers ask of contracts, and what they get back."""

from dataclasses import dataclass
from datetime import date, datetime

from yueke.supply.weeks import WeeklyTime


@dataclass(frozen=True, slots=True)
class Part:
    """One teacher of a dual pair, and the weekly time that is theirs."""

    teacher_id: int
    time: WeeklyTime


@dataclass(frozen=True, slots=True)
class Proposal:
    """A dual learner's schedule, the Chinese teacher's part first; `first_week` is a Monday."""

    learner_id: int
    product: str
    first_week: date
    chinese: Part
    foreign: Part
    asset: str = "credit"


@dataclass(slots=True)
class ContractLessonNow:
    """A week's lesson of a contract; `why` is the code of what kept it from being booked."""

    week: str
    starts_at: datetime | None
    state: str
    seat_id: int | None
    why: str


@dataclass(slots=True)
class ContractNow:
    """A contract as it is now, with the lessons that the command was about."""

    contract_id: int
    pair_id: int
    learner_id: int
    teacher_id: int
    state: str
    lessons: list[ContractLessonNow]
