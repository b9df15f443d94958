"""A teacher's lessons as entries of a calendar, cancelled when they are theirs no more."""

from collections.abc import Iterator, Sequence
from datetime import datetime

from django.utils.translation import gettext, ngettext

from yueke.booking import queries as booking_queries
from yueke.booking.classes.queries import titles_of
from yueke.booking.queries import LessonRow, Which
from yueke.booking.queries.state import LessonNow, lessons_now
from yueke.kernel.actor import Actor
from yueke.notices.changes import changes_of_lessons, lessons_ever_of_teacher
from yueke.people.models import Teacher
from yueke.portals import calendars, ids
from yueke.portals.calendars import AHEAD, KEPT, SEATS_MAX, Entry
from yueke.portals.shown_class import title_of


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
    titles = titles_of(market_id=market_id, lesson_ids=lessons.keys())
    for lesson in sorted(lessons.values(), key=lambda one: (one.starts_at, one.id)):
        if lesson.id not in changes:
            continue
        is_theirs = lesson.teacher_id == teacher.id
        rows = seats.get(lesson.id, []) if is_theirs else []
        level = rows[0].level if rows else None
        title = title_of(*titles.get(lesson.id, ("", "")))
        what = title or calendars.what(thing=lesson.product, level=level)
        whom = _whom(lesson, rows, is_class=lesson.id in titles) if is_theirs else ""
        yield Entry(
            ids.LESSON.show(lesson.id),
            f"{whom} · {what}" if whom else what,
            lesson.starts_at,
            lesson.product.minutes,
            changes[lesson.id],
            lesson.state == "cancelled" or not is_theirs,
        )


def _whom(lesson: LessonNow, rows: Sequence[LessonRow], *, is_class: bool) -> str:
    """Return who comes to a lesson: names, or how many where it is a class, or that nobody does."""
    if is_class:
        count = lesson.seats_taken
        return ngettext("%(count)s learner", "%(count)s learners", count) % {"count": count}
    if lesson.state == "vacant":
        return gettext("A learner may still come")
    if lesson.state == "finished" and not lesson.seats_taken:
        return gettext("No learner came")
    live = [row for row in rows if row.state in ("live", "finished")]
    return ", ".join(row.learner_name for row in live or rows)
