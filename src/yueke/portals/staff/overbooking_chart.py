"""The week of overbooking drawn: a small chart a day, a column a half-hour."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import groupby
from typing import Final
from zoneinfo import ZoneInfo

from yueke.booking.overbooking.rooms import Room

HEIGHT: Final = 100
WIDTH: Final = 10
HALF_HOURS: Final = 48


@dataclass(frozen=True, slots=True)
class Cell:
    """A half-hour: how many lessons without a teacher there are and may be, how many are held."""

    room: Room
    held: int
    has_begun: bool

    @property
    def left(self) -> int:
        """How many more may still be booked."""
        return 0 if self.has_begun else self.room.left

    @property
    def is_over(self) -> bool:
        """Whether more is booked than may be."""
        return self.room.taken > self.room.ceiling

    @property
    def lacking(self) -> int:
        """How many teachers are still to be held."""
        return 0 if self.has_begun else max(0, self.room.wanted - self.held)


@dataclass(frozen=True, slots=True)
class Column:
    """A half-hour as it is drawn: how far to the right it begins, and how high each part is.

    `scale` is how wide it is: where clocks go back, two share the place of one.
    """

    left: int
    scale: float
    cell: Cell
    ceiling: int
    booked: int
    held: int
    expected: int


@dataclass(frozen=True, slots=True)
class Day:
    """One day: its cells in order of time, and how they are drawn."""

    day: date
    begins: datetime
    cells: list[Cell]
    columns: list[Column]

    @property
    def booked(self) -> int:
        """How many lessons without a teacher are booked."""
        return sum(cell.room.taken for cell in self.cells)

    @property
    def expected(self) -> int:
        """How many of them are expected to come."""
        return sum(cell.room.expected for cell in self.cells)

    @property
    def held(self) -> int:
        """How many teachers are held."""
        return sum(cell.held for cell in self.cells)


@dataclass(frozen=True, slots=True)
class Chart:
    """Seven days at one scale, between the same clocks. `top` is what the full height stands for.

    `width` is that of a day's drawing.
    """

    days: list[Day]
    first: int
    last: int
    top: int

    @property
    def width(self) -> int:
        """How wide a day is drawn."""
        return (self.last - self.first) * WIDTH

    @property
    def clocks(self) -> tuple[str, str]:
        """The clocks at which each day begins and ends to be drawn."""
        return _clock(self.first), _clock(self.last)


def draw(*, monday: date, cells: Sequence[Cell], zone: str) -> Chart:
    """Return a week's half-hours, which are in order of time, as days and columns."""
    tz = ZoneInfo(zone)
    places = [_place(cell.room.starts_at.astimezone(tz)) for cell in cells]
    first, last = min(places, default=0), max(places, default=HALF_HOURS - 1) + 1
    top = max((max(_amounts(cell)) for cell in cells), default=0)
    by_day = groupby(cells, key=lambda cell: cell.room.starts_at.astimezone(tz).date())
    of_day = {day: list(found) for day, found in by_day}
    days = []
    for step in range(7):
        day = monday + timedelta(days=step)
        found = of_day.get(day, [])
        begins = datetime(day.year, day.month, day.day, tzinfo=tz)
        days.append(Day(day, begins, found, list(_columns(found, tz, first, top))))
    return Chart(days, first, last, top)


def _columns(cells: Sequence[Cell], tz: ZoneInfo, first: int, top: int) -> Iterator[Column]:
    for cell in cells:
        local = cell.room.starts_at.astimezone(tz)
        left = (_place(local) - first) * WIDTH + local.fold * WIDTH // 2
        scale = 0.5 if _comes_twice(local) else 1
        ceiling, booked, held, expected = (
            round(HEIGHT * amount / top) if top else 0 for amount in _amounts(cell)
        )
        yield Column(left, scale, cell, ceiling, booked, held, expected)


def _amounts(cell: Cell) -> tuple[int, int, int, int]:
    room = cell.room
    return room.ceiling, room.taken, cell.held, room.expected


def _place(local: datetime) -> int:
    return local.hour * 2 + local.minute // 30


def _comes_twice(local: datetime) -> bool:
    first, second = local.replace(fold=0), local.replace(fold=1)
    return first.utcoffset() != second.utcoffset()


def _clock(place: int) -> str:
    return f"{place // 2:02}:{place % 2 * 30:02}"
