"""How slots are refused."""

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from yueke.kernel.refusal import Kind, Refusal


@dataclass
class TimeOffGrid(Refusal):
    """The time is not a whole half-hour."""

    code: ClassVar[str] = "time_off_grid"
    kind: ClassVar[Kind] = Kind.INVALID
    starts_at: datetime


@dataclass
class TimeInPast(Refusal):
    """The time has begun or is over."""

    code: ClassVar[str] = "time_in_past"
    kind: ClassVar[Kind] = Kind.INVALID
    starts_at: datetime


@dataclass
class TimeTooFar(Refusal):
    """The time is further ahead than slots are kept."""

    code: ClassVar[str] = "time_too_far"
    kind: ClassVar[Kind] = Kind.INVALID
    starts_at: datetime


@dataclass
class ReservationWithoutTarget(Refusal):
    """A slot was to be kept for a while, but for nobody."""

    code: ClassVar[str] = "reservation_without_target"
    kind: ClassVar[Kind] = Kind.INVALID


@dataclass
class SlotNotOpen(Refusal):
    """The teacher has not released this time, has withdrawn it, or it is held."""

    code: ClassVar[str] = "slot_not_open"
    kind: ClassVar[Kind] = Kind.CONFLICT
    teacher_id: int
    starts_at: datetime


@dataclass
class SlotAlreadyTaken(Refusal):
    """Another lesson has this time of the teacher."""

    code: ClassVar[str] = "slot_already_taken"
    kind: ClassVar[Kind] = Kind.CONFLICT
    teacher_id: int
    starts_at: datetime


@dataclass
class SlotTargeted(Refusal):
    """The slot is reserved for another learner or product (I-7)."""

    code: ClassVar[str] = "slot_targeted"
    kind: ClassVar[Kind] = Kind.CONFLICT
    teacher_id: int
    starts_at: datetime


@dataclass
class TeacherDoesNotTeach(Refusal):
    """The teacher may not teach this product at this level."""

    code: ClassVar[str] = "teacher_does_not_teach"
    kind: ClassVar[Kind] = Kind.CONFLICT
    teacher_id: int
    product: str
    level: int


@dataclass
class PatternEmpty(Refusal):
    """The weekly pattern names no half-hour in the range."""

    code: ClassVar[str] = "pattern_empty"
    kind: ClassVar[Kind] = Kind.INVALID


@dataclass
class ZoneUnknown(Refusal):
    """The time zone's name is none that is known."""

    code: ClassVar[str] = "zone_unknown"
    kind: ClassVar[Kind] = Kind.INVALID
    zone: str


@dataclass
class TooManySlots(Refusal):
    """One command names more slots than are taken at once."""

    code: ClassVar[str] = "too_many_slots"
    kind: ClassVar[Kind] = Kind.INVALID
    limit: int
