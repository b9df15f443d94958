"""How lesson requests are refused."""

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from yueke.kernel.refusal import Kind, Refusal


@dataclass
class RequestNotFound(Refusal):
    """No such lesson request within the caller's reach."""

    code: ClassVar[str] = "request_not_found"
    kind: ClassVar[Kind] = Kind.MISSING
    request_id: int | str


@dataclass
class RequestNotWaiting(Refusal):
    """The request has been answered, taken back, or is over; `state` says which."""

    code: ClassVar[str] = "request_not_waiting"
    kind: ClassVar[Kind] = Kind.CONFLICT
    request_id: int
    state: str


@dataclass
class RequestNotAccepted(Refusal):
    """Only the time of an accepted request can be kept or not."""

    code: ClassVar[str] = "request_not_accepted"
    kind: ClassVar[Kind] = Kind.CONFLICT
    request_id: int


@dataclass
class RequestWaitsAlready(Refusal):
    """The teacher has been asked for this time for this learner, and has not answered yet."""

    code: ClassVar[str] = "request_waits_already"
    kind: ClassVar[Kind] = Kind.CONFLICT
    teacher_id: int
    starts_at: datetime


@dataclass
class TimeIsOpen(Refusal):
    """The teacher offers this time: it is booked, not asked for."""

    code: ClassVar[str] = "time_is_open"
    kind: ClassVar[Kind] = Kind.CONFLICT
    teacher_id: int
    starts_at: datetime
