"""A family's lessons as entries of a calendar: one a child's place in a lesson."""

from collections.abc import Iterator
from datetime import datetime

from django.utils.translation import gettext

from yueke.booking import queries as booking_queries
from yueke.booking.classes.queries import titles_of
from yueke.booking.queries import Which
from yueke.kernel.actor import Actor
from yueke.notices.changes import changes_of_lessons
from yueke.people.models import Family
from yueke.portals import calendars, ids
from yueke.portals.calendars import AHEAD, KEPT, SEATS_MAX, Entry
from yueke.portals.shown_class import title_of


def familys_calendar(*, family: Family, now: datetime) -> bytes:
    """Return a family's calendar as an iCalendar."""
    name = gettext("Lessons of %(name)s") % {"name": family.name}
    return calendars.write(name=name, zone=family.market.zone, entries=_entries(family, now))


def _entries(family: Family, now: datetime) -> Iterator[Entry]:
    market_id = family.market_id
    actor = Actor(market_id, "user", family.user_id or 0, "parents-h5", family.pk)
    which = Which(begin=now - KEPT, end=now + AHEAD)
    rows = booking_queries.list_lessons(actor=actor, which=which, size=SEATS_MAX)
    lesson_ids = {row.lesson_id for row in rows}
    changes = changes_of_lessons(market_id=market_id, lesson_ids=lesson_ids)
    titles = titles_of(market_id=market_id, lesson_ids=lesson_ids)
    for row in rows:
        if row.lesson_id in changes:
            title = title_of(*titles.get(row.lesson_id, ("", "")))
            what = title or calendars.what(thing=row, level=row.level)
            whom = [row.learner_name, row.teacher_name, what]
            yield Entry(
                ids.SEAT.show(row.seat_id),
                " · ".join(part for part in whom if part),
                row.starts_at,
                row.minutes,
                changes[row.lesson_id],
                row.state not in ("live", "finished"),
            )
