"""Stretches of time as half-hours of the grid: offered time shrinks to them, busy time grows."""

import re
from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from yueke.cli.imports import cells
from yueke.cli.imports.problems import Wrong
from yueke.inventory.refusals import PatternEmpty
from yueke.inventory.rules import pattern
from yueke.inventory.rules.pattern import Stretch
from yueke.kernel.grid import HALF_HOUR, cells_between, floor

_STEP, _DAY = 30, 24 * 60  # minutes
_ANY_DAY = datetime(2024, 1, 1, tzinfo=UTC)
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
    """Return the half-hours inside weekly hours on a zone's clock, from `first` to `last`."""
    whole = [stretch for stretch in (shrunk(one, zone=zone) for one in hours) if stretch]
    try:
        return set(pattern.expand(whole, zone=zone.key, first=first, last=last))
    except PatternEmpty:
        return set()


def shrunk(stretch: Stretch, *, zone: ZoneInfo) -> Stretch | None:
    """Return what of a stretch of the wall clock is whole half-hours, or None for nothing."""
    begin, end = _minute(stretch.begins), _minute(stretch.ends)
    if end <= begin:
        end += _DAY
    # In Kathmandu, five and three quarter hours ahead, half-hours begin at :15 and :45.
    grid = _offset_minutes(zone) % _STEP
    begin += (grid - begin) % _STEP
    end -= (end - grid) % _STEP
    if end <= begin:
        return None
    return Stretch((stretch.weekday + begin // _DAY) % 7, _clock(begin), _clock(end))


def _minute(clock: time) -> int:
    return clock.hour * 60 + clock.minute


def _clock(minute: int) -> time:
    return time(minute % _DAY // 60, minute % 60)


def _offset_minutes(zone: ZoneInfo) -> int:
    """Return how far a zone is ahead of UTC: what is left over of half-hours stays over DST."""
    offset = _ANY_DAY.astimezone(zone).utcoffset()
    assert offset is not None
    return offset // timedelta(minutes=1)


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
