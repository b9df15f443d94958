"""What of a week a parent looks at: a day, a part of it, a time; chosen for them until they do."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.http import QueryDict

from yueke.booking import queries as booking_queries
from yueke.booking.queries import Which
from yueke.portals.family.look import Look
from yueke.portals.family.week import (
    Free,
    Week,
    choose_time,
    local_day,
    part_of,
    read_instant,
    read_near_day,
    times_of_day,
    week_of,
)

# Counting further would tell a parent nothing.
COUNT_UP_TO = 100
LESSONS_THAT_MAKE_A_HABIT = 5


@dataclass(frozen=True, slots=True)
class Choice:
    """A week with its free half-hours, and one day, part and time of it."""

    week: Week
    free: Free
    day: date
    part: str
    at: datetime | None

    @property
    def times(self) -> Free:
        """The free half-hours of the day."""
        return times_of_day(free=self.free, day=self.day, zone=self.week.zone)

    @property
    def count(self) -> int:
        """How many teachers are free at the time, counted up to a limit."""
        return dict(self.free).get(self.at, 0) if self.at else 0

    @property
    def free_days(self) -> set[date]:
        """The days on which anybody is free."""
        return {local_day(instant=at, zone=self.week.zone) for at, _ in self.free}


def read_choice(*, look: Look, asked: QueryDict) -> Choice:
    """Return what the address asks for; what it leaves open is chosen.

    An address that names no day gets the first week, of this one and the next, with a free time.
    """
    now, zone, tag = look.visit.caller.now, look.visit.zone, asked.get("tag", "")
    at = read_instant(asked.get("at", ""), now=now)
    day = local_day(instant=at, zone=zone) if at else read_near_day(asked.get("day", ""), now=now)
    week = week_of_day(day, zone) if day else week_of(instant=now, zone=zone)
    free = _free(look, week, tag)
    if day is None and not free:
        week = week.shifted(1)
        free = _free(look, week, tag)
    if day is None or (at is None and day not in _days(free, zone)):
        day = min(_days(free, zone), default=day or local_day(instant=now, zone=zone))
    part = asked.get("part", "")
    at = at or _suggested(look, times_of_day(free=free, day=day, zone=zone), part)
    return Choice(week, free, day, part_of(instant=at, zone=zone) if at else part, at)


def week_of_day(day: date, zone: str) -> Week:
    """Return the week that holds a day."""
    return Week(date.fromordinal(day.toordinal() - day.weekday()), zone)


def _days(free: Free, zone: str) -> set[date]:
    return {local_day(instant=at, zone=zone) for at, _ in free}


def _free(look: Look, week: Week, tag: str) -> Sequence[tuple[datetime, int]]:
    caller = look.visit.caller
    search = look.search(begin=week.begin, end=week.end, tag=tag)
    return booking_queries.find_half_hours(
        actor=caller.actor, now=caller.now, search=search, count_up_to=COUNT_UP_TO
    )


def _suggested(look: Look, free: Free, part: str) -> datetime | None:
    zone = look.visit.zone
    fitting = [pair for pair in free if part in ("", part_of(instant=pair[0], zone=zone))]
    which = Which(learner_id=look.visit.child.pk, state="live", newest_first=True)
    past = booking_queries.list_lessons(
        actor=look.visit.caller.actor, which=which, size=LESSONS_THAT_MAKE_A_HABIT
    )
    return choose_time(free=fitting or free, usual=[row.starts_at for row in past], zone=zone)
