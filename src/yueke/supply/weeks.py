"""Weeks of a market's calendar, and weekly times on its wall clock."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from yueke.supply.refusals import WeeklyTimeInvalid

DAY = timedelta(days=1)
WEEK = timedelta(days=7)


@dataclass(frozen=True, slots=True, order=True)
class WeeklyTime:
    """A half-hour of every week: the weekday (0 is Monday) and the wall clock it begins at."""

    weekday: int
    clock: time

    @property
    def half_hour(self) -> int:
        """Its place in the week: Monday 00:00 is 0, Sunday 23:30 is 335."""
        return self.weekday * 48 + self.clock.hour * 2 + self.clock.minute // 30

    def at(self, week: date, zone: ZoneInfo) -> datetime | None:
        """Return its instant in the week of a Monday; none where the clock skips it.

        Of a time that the clock repeats it is the first.
        """
        wall = datetime.combine(week + self.weekday * DAY, self.clock)
        instant = wall.replace(tzinfo=zone).astimezone(UTC)
        return instant if instant.astimezone(zone).replace(tzinfo=None) == wall else None


def of_half_hour(half_hour: int) -> WeeklyTime:
    """Return the weekly time at a place in the week."""
    day, rest = divmod(half_hour, 48)
    return WeeklyTime(day, time(rest // 2, rest % 2 * 30))


def weekly_time(weekday: int, clock: str) -> WeeklyTime:
    """Read a weekly time, its clock written `19:30`, or refuse (weekly_time_invalid)."""
    try:
        begins = time.fromisoformat(clock)
    except ValueError:
        raise WeeklyTimeInvalid(clock[:16]) from None
    if weekday not in range(7) or begins.minute % 30 or begins.second or begins.microsecond:
        raise WeeklyTimeInvalid(clock[:16])
    return WeeklyTime(weekday, begins.replace(tzinfo=None))


def instant_of(day: date, zone: ZoneInfo) -> datetime:
    """Return the instant at which a day of a market's calendar begins."""
    return datetime.combine(day, time(), zone).astimezone(UTC)


def monday_of(instant: datetime, zone: ZoneInfo) -> date:
    """Return the Monday of the week that holds an instant, by a market's calendar."""
    day = instant.astimezone(zone).date()
    return day - day.weekday() * DAY
