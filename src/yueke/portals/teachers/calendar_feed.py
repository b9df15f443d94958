"""A teacher's lessons as an iCalendar, for whoever has its secret address."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Final

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone, translation
from django.utils.translation import gettext
from django.views.decorators.http import require_safe
from icalendar import Calendar, Event

from yueke.booking import queries as booking_queries
from yueke.booking.queries import LessonRow, Which
from yueke.kernel.actor import Actor
from yueke.people.calendar import find_teacher_of_calendar
from yueke.people.models import Teacher
from yueke.portals import ids
from yueke.portals.product_names import product_name

# How long a lesson that is over, or was cancelled, still stands in the feed.
KEPT: Final = timedelta(days=30)
AHEAD: Final = timedelta(days=366)
SEATS_MAX: Final = 5000


@require_safe
def calendar_feed(request: HttpRequest, token: str) -> HttpResponse:
    """Return the calendar with this secret address, or 404."""
    teacher = find_teacher_of_calendar(token=token)
    if teacher is None:
        raise Http404
    now = timezone.now()
    with translation.override(teacher.user.language if teacher.user else "en"):
        body = teachers_calendar(teacher=teacher, rows=_seats(teacher, now), now=now)
    headers = {"Cache-Control": "private, max-age=300", "Referrer-Policy": "no-referrer"}
    return HttpResponse(body, content_type="text/calendar; charset=utf-8", headers=headers)


def teachers_calendar(*, teacher: Teacher, rows: Sequence[LessonRow], now: datetime) -> bytes:
    """Return the seats of a teacher's lessons as an iCalendar with one event a lesson."""
    calendar = Calendar()
    calendar.add("prodid", "-//Yueke//Lessons//EN")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", gettext("Lessons of %(name)s") % {"name": teacher.name})
    calendar.add("x-wr-timezone", teacher.zone)
    calendar.add("refresh-interval", timedelta(minutes=15), parameters={"VALUE": "DURATION"})
    lessons: dict[int, list[LessonRow]] = {}
    for row in rows:
        lessons.setdefault(row.lesson_id, []).append(row)
    for seats in lessons.values():
        calendar.add_component(lesson_event(seats=seats, now=now))
    return bytes(calendar.to_ical())


def lesson_event(*, seats: Sequence[LessonRow], now: datetime) -> Event:
    """Return one lesson with all its seats; it is cancelled when nobody is left in it."""
    first = seats[0]
    live = [seat for seat in seats if seat.state in ("live", "vacant")]
    names = ", ".join(_name(seat) for seat in live or seats)
    event = Event()
    event.add("uid", f"{ids.LESSON.show(first.lesson_id)}@yueke")
    event.add("dtstamp", now.replace(microsecond=0))
    event.add("dtstart", first.starts_at)
    event.add("dtend", first.starts_at + timedelta(minutes=first.minutes))
    event.add("summary", f"{names} · {_what(first)}")
    # Every seat taken or left is one change more: calendars take the higher number.
    event.add("sequence", len(seats) - 1 + len(seats) - len(live))
    event.add("status", "CONFIRMED" if live else "CANCELLED")
    event.add("transp", "OPAQUE" if live else "TRANSPARENT")
    return event


def _name(row: LessonRow) -> str:
    return gettext("A learner may still come") if row.state == "vacant" else row.learner_name


def _what(row: LessonRow) -> str:
    if row.level is None:
        return product_name(thing=row)
    words = {"lesson": product_name(thing=row), "level": row.level}
    return gettext("%(lesson)s, level %(level)s") % words


def _seats(teacher: Teacher, now: datetime) -> list[LessonRow]:
    actor = Actor(teacher.market_id, "user", teacher.user_id or 0, "teachers", None, teacher.id)
    which = Which(teacher_id=teacher.id, begin=now - KEPT, end=now + AHEAD)
    return booking_queries.list_lessons(actor=actor, which=which, size=SEATS_MAX)
