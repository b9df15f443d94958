"""How entering and matching are refused."""

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from yueke.kernel.refusal import Kind, Refusal


@dataclass
class RoomNotOpen(Refusal):
    """The room opens some minutes before the lesson, and closes with its end."""

    code: ClassVar[str] = "room_not_open"
    kind: ClassVar[Kind] = Kind.CONFLICT
    seat_id: int
    opens_at: datetime


@dataclass
class NobodyToMatch(Refusal):
    """No other teacher who could teach this lesson is held or free now."""

    code: ClassVar[str] = "nobody_to_match"
    kind: ClassVar[Kind] = Kind.CONFLICT
    seat_id: int


@dataclass
class WaitNotFound(Refusal):
    """Nobody has entered with this seat, within the caller's reach."""

    code: ClassVar[str] = "wait_not_found"
    kind: ClassVar[Kind] = Kind.MISSING
    seat_id: int | str
