"""Lessons as staff see them in lists and drawers."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from yueke.booking.queries import LessonRow
from yueke.portals import ids
from yueke.portals.lesson_state import lesson_state


@dataclass(frozen=True, slots=True)
class ShownLesson:
    """One seat's lesson at one moment. Ids are as addresses carry them."""

    row: LessonRow
    id: str
    learner_id: str
    teacher_id: str
    until: datetime
    state: str


def show(*, row: LessonRow, now: datetime) -> ShownLesson:
    """Return the lesson as it stands at `now`."""
    return ShownLesson(
        row=row,
        id=ids.SEAT.show(row.seat_id),
        learner_id=ids.LEARNER.show(row.learner_id),
        teacher_id=ids.TEACHER.show(row.teacher_id) if row.teacher_id else "",
        until=row.starts_at + timedelta(minutes=row.minutes),
        state=lesson_state(row=row, now=now),
    )
