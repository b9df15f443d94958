"""Weekly patterns: a teacher's wall clock turned into instants, right across DST."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from yueke.inventory.refusals import PatternEmpty, ZoneUnknown
from yueke.kernel.grid import HALF_HOUR

_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Stretch:
    """A stretch of a weekday (0 is Monday) on the wall clock, half-open; `24:00` ends as 00:00."""

    weekday: int
    begins: time
    ends: time


def expand(pattern: Sequence[Stretch], *, zone: str, first: date, last: date) -> list[datetime]:
    """Return the UTC starts of the half-hours a pattern names from `first` to `last` inclusive.

    A wall-clock time that DST skips has no half-hour; one that DST repeats has its first.
    Refuses: zone_unknown, pattern_empty.
    """
    tz = zone_of(zone)
    starts: set[datetime] = set()
    day = first
    while day <= last:
        for stretch in pattern:
            if stretch.weekday == day.weekday():
                starts.update(_half_hours(day, stretch, tz))
        day += _DAY
    if not starts:
        raise PatternEmpty()
    return sorted(starts)


def zone_of(name: str) -> ZoneInfo:
    """Return a time zone by its IANA name, or refuse (zone_unknown)."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise ZoneUnknown(name) from None


def _half_hours(day: date, stretch: Stretch, tz: ZoneInfo) -> list[datetime]:
    wall = datetime.combine(day, stretch.begins)
    end = datetime.combine(day, stretch.ends)
    if stretch.ends <= stretch.begins:
        end += _DAY
    found = []
    while wall + HALF_HOUR <= end:
        instant = wall.replace(tzinfo=tz).astimezone(UTC)
        if instant.astimezone(tz).replace(tzinfo=None) == wall:
            found.append(instant)
        wall += HALF_HOUR
    return found
