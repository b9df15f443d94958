"""How much room there is for lessons without teachers: asked under locks, counted down."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from yueke.booking.overbooking.refusals import OverbookFull
from yueke.kernel.columns import instants, numbers
from yueke.kernel.transaction import Question

RoomKey = tuple[int, datetime]


@dataclass(slots=True)
class Room:
    """Lessons of a product without teachers at a half-hour: how many there are, and may be."""

    product_id: int
    starts_at: datetime
    ceiling: int
    taken: int
    ratio_percent: int
    floor: int

    @property
    def left(self) -> int:
        """How many more may be booked."""
        return max(0, self.ceiling - self.taken)

    @property
    def expected(self) -> int:
        """How many of those booked are expected to come, by the ratio."""
        return min(self.taken, self._share)

    @property
    def wanted(self) -> int:
        """How many teachers are to be held for what is booked (SD-7)."""
        return max(self.floor, self._share)

    @property
    def _share(self) -> int:
        # Where none may be booked any more, each of those who were has a teacher.
        ratio_percent = self.ratio_percent if self.ceiling else 100
        return -(-self.taken * ratio_percent // 100)

    def check(self) -> None:
        """Refuse one more (overbook_full)."""
        if not self.left:
            raise OverbookFull(self.starts_at, self.ceiling)


@dataclass(slots=True)
class _Waits:
    waits: bool


def lock_rooms(*, market_id: int, rooms: Collection[RoomKey]) -> Question:
    """Lock half-hours of products against others who overbook them."""
    return Question(__package__, "lock_rooms", (market_id, *_columns(rooms)), _Waits)


def rooms_of(*, market_id: int, rooms: Collection[RoomKey]) -> Question:
    """Ask how much room there is; rows are Room."""
    return Question(__package__, "rooms", (*_columns(rooms), market_id), Room)


def _columns(rooms: Collection[RoomKey]) -> tuple[str, str]:
    return numbers(product for product, _ in rooms), instants(start for _, start in rooms)
