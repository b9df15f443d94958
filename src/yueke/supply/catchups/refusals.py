"""How catch-up bookings are refused."""

from dataclasses import dataclass
from typing import ClassVar

from yueke.kernel.refusal import Kind, Refusal


@dataclass
class NothingLost(Refusal):
    """There is no such lesson to catch up on: it is not there, or was not lost."""

    code: ClassVar[str] = "nothing_lost"
    kind: ClassVar[Kind] = Kind.CONFLICT


@dataclass
class CaughtUpAlready(Refusal):
    """A lesson has been booked in the place of the one that was lost."""

    code: ClassVar[str] = "caught_up_already"
    kind: ClassVar[Kind] = Kind.CONFLICT
    seat_id: int
