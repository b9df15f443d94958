"""A teacher's lessons as entries of a calendar, cancelled when they are theirs no more."""

from collections.abc import Iterator
from datetime import datetime

from django.utils.translation import gettext

from yueke.booking import queries as booking_queries
from yueke.booking.queries import LessonRow, Which
from yueke.booking.queries.state import lessons_now
from yueke.kernel.actor import Actor
from yueke.notices.changes import changes_of_lessons, lessons_ever_of_teacher
from yueke.people.models import Teacher
from yueke.portals import calendars, ids
from yueke.portals.calendars import AHEAD, KEPT, SEATS_MAX, Entry


def teachers_calendar(*, teacher: Teacher, now: datetime) -> bytes:
    """Return a teacher's calendar as an iCalendar."""
    name = gettext("Lessons of %(name)s") % {"name": teacher.name}
    return calendars.write(name=name, zone=teacher.zone, entries=_entries(teacher, now))


def _entries(teacher: Teacher, now: datetime) -> Iterator[Entry]:
    market_id, begin, end = teacher.market_id, now - KEPT, now + AHEAD
    actor = Actor(market_id, "user", teacher.user_id or 0, "teachers", None, teacher.id)
    which = Which(teacher_id=teacher.id, begin=begin, end=end)
    seats: dict[int, list[LessonRow]] = {}
    for row in booking_queries.list_lessons(actor=actor, which=which, size=SEATS_MAX):
        seats.setdefault(row.lesson_id, []).append(row)
    once = lessons_ever_of_teacher(market_id=market_id, teacher_id=teacher.id, begin=begin, end=end)
    lessons = lessons_now(market_id=market_id, lesson_ids=once | seats.keys())
    changes = changes_of_lessons(market_id=market_id, lesson_ids=lessons.keys())
    for lesson in sorted(lessons.values(), key=lambda one: (one.starts_at, one.id)):
        if lesson.id not in changes:
            continue
        is_theirs = lesson.teacher_id == teacher.id
        rows = seats.get(lesson.id, []) if is_theirs else []
        summary = calendars.what(thing=lesson.product, level=rows[0].level if rows else None)
        if rows:
            live = [row for row in rows if row.state in ("live", "finished")]
            names = ", ".join(row.learner_name for row in live or rows)
            summary = f"{names} · {summary}"
        yield Entry(
            ids.LESSON.show(lesson.id),
            summary,
            lesson.starts_at,
            lesson.product.minutes,
            changes[lesson.id],
            lesson.state == "cancelled" or not is_theirs,
        )
