"""How weekly times and weeks are refused."""

from dataclasses import dataclass
from typing import ClassVar

from yueke.kernel.refusal import Kind, Refusal


@dataclass
class WeeklyTimeInvalid(Refusal):
    """A weekly time is a weekday from 0 (Monday) to 6 and a half-hour such as 19:30."""

    code: ClassVar[str] = "weekly_time_invalid"
    kind: ClassVar[Kind] = Kind.INVALID
    clock: str


@dataclass
class WeekInvalid(Refusal):
    """The week is over, or further ahead than lessons are booked."""

    code: ClassVar[str] = "week_invalid"
    kind: ClassVar[Kind] = Kind.INVALID
    week: str
