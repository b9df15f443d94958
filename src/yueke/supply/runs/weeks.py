"""Weeks as a market's calendar has them, on the half-hour grid of UTC."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

from yueke.kernel.grid import HALF_HOUR, is_on_grid
from yueke.supply.weeks import WEEK, instant_of, monday_of, of_half_hour

DAY_CELLS = 48
DAYS = 7


@dataclass(frozen=True, slots=True)
class Week:
    """The week from a Monday of a market's calendar; where clocks change it is longer or shorter.

    A cell is the number of half-hours since `begin`.
    """

    monday: date
    zone: str

    @property
    def begin(self) -> datetime:
        """The first instant, in UTC."""
        return instant_of(self.monday, ZoneInfo(self.zone))

    @property
    def end(self) -> datetime:
        """The first instant of the next week, in UTC."""
        return instant_of(self.monday + WEEK, ZoneInfo(self.zone))

    @property
    def cells(self) -> int:
        """How many half-hours it has."""
        return int((self.end - self.begin) / HALF_HOUR)

    def at(self, cell: int) -> datetime:
        """Return the start of a cell."""
        return self.begin + cell * HALF_HOUR

    def cell_of(self, half_hour: int) -> int:
        """Return the cell at which a half-hour of the wall clock's week begins, -1 if none does.

        The hour that a change of clocks leaves out has none; of one that comes twice, the first.
        """
        instant = of_half_hour(half_hour).at(self.monday, ZoneInfo(self.zone))
        if instant is None or not is_on_grid(instant):
            return -1
        return int((instant - self.begin) / HALF_HOUR)


def next_week(*, now: datetime, zone: str) -> Week:
    """Return the week that follows the one of this moment."""
    return Week(monday_of(now, ZoneInfo(zone)) + WEEK, zone)


def due_week(*, now: datetime, zone: str, at: time) -> Week | None:
    """Return the week to book, once it is Monday and this time by the wall clock, or later (SD-10).

    A run that was missed is caught up until the week it books begins.
    """
    week = next_week(now=now, zone=zone)
    due_at = datetime.combine(week.monday - WEEK, at, ZoneInfo(zone))
    return week if now >= due_at.astimezone(UTC) else None
