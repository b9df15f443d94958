"""Lessons as staff see them in lists and drawers."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils.translation import gettext

from yueke.booking.queries import LessonRow
from yueke.portals import ids
from yueke.portals.lesson_state import is_over, lesson_state


@dataclass(frozen=True, slots=True)
class ShownLesson:
    """One seat's lesson at one moment. Ids are as addresses carry them.

    `label` is said in place of the state's own word, where that would not be the whole truth.
    """

    row: LessonRow
    id: str
    learner_id: str
    teacher_id: str
    until: datetime
    state: str
    label: str


def show(*, row: LessonRow, now: datetime) -> ShownLesson:
    """Return the lesson as it stands at `now`."""
    return ShownLesson(
        row=row,
        id=ids.SEAT.show(row.seat_id),
        learner_id=ids.LEARNER.show(row.learner_id),
        teacher_id=ids.TEACHER.show(row.teacher_id) if row.teacher_id else "",
        until=row.starts_at + timedelta(minutes=row.minutes),
        state=lesson_state(row=row, now=now),
        label=gettext("Over, not finished") if is_unfinished(row=row, now=now) else "",
    )


def is_unfinished(*, row: LessonRow, now: datetime) -> bool:
    """Tell whether a lesson is over, and nobody has finished it yet."""
    return row.state == "live" and is_over(row=row, now=now)
