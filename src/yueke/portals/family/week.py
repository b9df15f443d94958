"""A week in the family's zone, and what of it a day and a part of the day hold."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from django.utils.functional import Promise
from django.utils.translation import pgettext_lazy

from yueke.kernel.grid import WEEK
from yueke.portals.days import is_near, read_day

WEEKS_AHEAD: Final = 8
# A part of the day and the hour at which it ends.
PARTS: Final[tuple[tuple[str, int, Promise], ...]] = (
    ("morning", 12, pgettext_lazy("part of the day", "Morning")),
    ("afternoon", 18, pgettext_lazy("part of the day", "Afternoon")),
    ("evening", 24, pgettext_lazy("part of the day", "Evening")),
)


@dataclass(frozen=True, slots=True)
class Week:
    """From one Monday's midnight to the next, in a zone."""

    monday: date
    zone: str

    @property
    def begin(self) -> datetime:
        """Its first instant."""
        return midnight(day=self.monday, zone=self.zone)

    @property
    def end(self) -> datetime:
        """The first instant of the week after."""
        return midnight(day=self.monday + WEEK, zone=self.zone)

    @property
    def days(self) -> list[date]:
        """Its seven days."""
        return [self.monday + timedelta(days=step) for step in range(7)]

    def shifted(self, weeks: int) -> "Week":
        """Return the week so many weeks later."""
        return Week(self.monday + WEEK * weeks, self.zone)


def midnight(*, day: date, zone: str) -> datetime:
    """Return the day's first instant in the zone."""
    return datetime.combine(day, time(), ZoneInfo(zone))


def local_day(*, instant: datetime, zone: str) -> date:
    """Return the instant's day in the zone."""
    return instant.astimezone(ZoneInfo(zone)).date()


def week_of(*, instant: datetime, zone: str) -> Week:
    """Return the week that holds the instant."""
    day = local_day(instant=instant, zone=zone)
    return Week(day - timedelta(days=day.weekday()), zone)


def part_of(*, instant: datetime, zone: str) -> str:
    """Return the part of the day in which the instant lies."""
    hour = instant.astimezone(ZoneInfo(zone)).hour
    return next(part for part, end, _ in PARTS if hour < end)


def read_near_day(text: str, *, now: datetime) -> date | None:
    """Return the day that an address names, if it is one that lessons are planned for."""
    day = read_day(text)
    return day if day and abs(day - now.date()) <= WEEK * WEEKS_AHEAD else None


def read_instant(text: str, *, now: datetime) -> datetime | None:
    """Return the instant that an address names with its zone, if it names one that is near."""
    try:
        instant = datetime.fromisoformat(text)
    except ValueError:
        return None
    if instant.tzinfo is None or not is_near(instant.date()):
        return None
    return instant if abs(instant - now) <= WEEK * WEEKS_AHEAD else None


Free = Sequence[tuple[datetime, int]]


def times_of_day(*, free: Free, day: date, zone: str) -> list[tuple[datetime, int]]:
    """Return the half-hours of one day."""
    return [(at, count) for at, count in free if local_day(instant=at, zone=zone) == day]


def choose_time(*, free: Free, usual: Iterable[datetime], zone: str) -> datetime | None:
    """Return the time to begin with: the learner's last usual one of that day, else the fullest."""
    by_clock = {at.astimezone(ZoneInfo(zone)).time(): at for at, _ in free}
    for lesson in usual:
        found = by_clock.get(lesson.astimezone(ZoneInfo(zone)).time())
        if found is not None:
            return found
    return max(free, key=lambda pair: pair[1], default=(None, 0))[0]
