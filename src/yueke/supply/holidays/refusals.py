"""How holidays are refused."""

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from yueke.kernel.refusal import Kind, Refusal


@dataclass
class HolidayNotFound(Refusal):
    """The market has no such holiday."""

    code: ClassVar[str] = "holiday_not_found"
    kind: ClassVar[Kind] = Kind.MISSING
    holiday_id: int | str


@dataclass
class HolidayInvalid(Refusal):
    """A holiday has a name, and lasts from one day to half a year."""

    code: ClassVar[str] = "holiday_invalid"
    kind: ClassVar[Kind] = Kind.INVALID
    days_max: int


@dataclass
class OnHoliday(Refusal):
    """The time lies on a holiday of the market."""

    code: ClassVar[str] = "holiday"
    kind: ClassVar[Kind] = Kind.CONFLICT
    starts_at: datetime
    name: str
