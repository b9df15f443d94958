"""Stretches of time as half-hours of the grid: offered time shrinks to them, busy time grows."""

import re
from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from yueke.cli.imports import cells
from yueke.cli.imports.problems import Wrong
from yueke.inventory.rules.pattern import Stretch
from yueke.kernel.grid import HALF_HOUR, cells_between, floor

_HOURS = re.compile(r"(\S+?)(?:-(\S+?))?\s+(\d{1,2}:\d{2})-(\d{1,2}:\d{2})")


def inside(begin: datetime, end: datetime) -> list[datetime]:
    """Return the half-hours that lie wholly in a stretch: 18:10 to 19:40 holds 18:30 and 19:00."""
    return list(cells_between(begin, end))


def touched(begin: datetime, end: datetime) -> Iterator[datetime]:
    """Yield the half-hours of which a stretch takes any part."""
    cell = floor(begin)
    while cell < end:
        yield cell
        cell += HALF_HOUR


def weekly(hours: Sequence[Stretch], *, zone: ZoneInfo, first: date, last: date) -> set[datetime]:
    """Return the half-hours inside weekly hours on a zone's clock, from `first` to `last`.

    Where DST takes an hour of them away or gives one more, they are shorter or longer.
    """
    found: set[datetime] = set()
    for number in range((last - first).days + 1):
        day = first + timedelta(days=number)
        for stretch in hours:
            if stretch.weekday == day.weekday():
                # An end at or before the begin lies on the next day.
                over = timedelta(days=int(stretch.ends <= stretch.begins))
                begin = datetime.combine(day, stretch.begins, zone)
                end = datetime.combine(day + over, stretch.ends, zone)
                found.update(inside(begin.astimezone(UTC), end.astimezone(UTC)))
    return found


def read_hours(text: str) -> list[Stretch]:
    """Read weekly hours such as `Mon-Fri 18:00-22:00, Sat 09:00-12:00`, or raise Wrong."""
    return [stretch for part in text.split(",") for stretch in _stretches(part.strip())]


def _stretches(part: str) -> list[Stretch]:
    match = _HOURS.fullmatch(part)
    if match is None:
        raise Wrong("within", f"{part} is not hours such as Mon-Fri 18:00-22:00.")
    first = cells.weekday("within", match[1])
    last = cells.weekday("within", match[2]) if match[2] else first
    begins, ends = cells.clock("within", match[3]), cells.clock("within", match[4])
    days = range(first, first + (last - first) % 7 + 1)
    return [Stretch(day % 7, begins, ends) for day in days]
