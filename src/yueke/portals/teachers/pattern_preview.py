"""What a weekly pattern would do in its first four weeks, with the days when clocks change."""

from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from yueke.inventory.rules.pattern import Stretch
from yueke.kernel.grid import HALF_HOUR

DAY = timedelta(days=1)
WEEKS_SHOWN = 4


@dataclass(slots=True)
class ClockChange:
    """A day when the zone's clocks change: forward or back, and what that does to the pattern.

    `before` and `after` are the instants of the pattern's first time on the days around it.
    """

    day: datetime
    is_forward: bool
    before: datetime
    after: datetime


@dataclass(slots=True)
class PlannedTime:
    """Half-hours side by side on one day."""

    begins: datetime
    ends: datetime
    is_known: bool


@dataclass(slots=True)
class PlannedWeek:
    """Seven days of the pattern. `begins` is noon of the first."""

    begins: datetime
    days: list[list[PlannedTime]] = field(default_factory=list)
    changes: list[ClockChange] = field(default_factory=list)


def preview(
    *,
    starts: Sequence[datetime],
    known: AbstractSet[datetime],
    stretches: Sequence[Stretch],
    zone: str,
    first: date,
    last: date,
) -> list[PlannedWeek]:
    """Return the weeks to show: `starts` are all half-hours, `known` those offered already."""
    tz = ZoneInfo(zone)
    by_day: dict[date, list[datetime]] = {}
    for start in starts:
        by_day.setdefault(start.astimezone(tz).date(), []).append(start)
    earliest = min(stretch.begins for stretch in stretches)
    weeks = []
    for index in range(WEEKS_SHOWN):
        monday = first + 7 * DAY * index
        if monday > last:
            break
        days = [monday + DAY * step for step in range(7)]
        weeks.append(
            PlannedWeek(
                begins=datetime.combine(monday, time(12), tz),
                days=[joined(by_day[day], known) for day in days if day in by_day],
                changes=[c for day in days if (c := clock_change(day, earliest, tz))],
            )
        )
    return weeks


def joined(starts: Sequence[datetime], known: AbstractSet[datetime]) -> list[PlannedTime]:
    """Join half-hours side by side that are alike: new, or offered already."""
    times: list[PlannedTime] = []
    for start in starts:
        is_known = start in known
        last = times[-1] if times else None
        if last and last.ends == start and last.is_known == is_known:
            last.ends += HALF_HOUR
        else:
            times.append(PlannedTime(start, start + HALF_HOUR, is_known))
    return times


def clock_change(day: date, at: time, tz: ZoneInfo) -> ClockChange | None:
    """Return the change of the zone's clocks on a day, or None."""
    midnight = datetime.combine(day, time(), tz)
    next_midnight = datetime.combine(day + DAY, time(), tz)
    before, after = midnight.utcoffset(), next_midnight.utcoffset()
    if before == after or before is None or after is None:
        return None
    return ClockChange(
        day=datetime.combine(day, time(12), tz),
        is_forward=after > before,
        before=datetime.combine(day - DAY, at, tz).astimezone(UTC),
        after=datetime.combine(day + DAY, at, tz).astimezone(UTC),
    )
