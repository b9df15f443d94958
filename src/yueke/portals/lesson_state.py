"""The state of a lesson as chips show it."""

from datetime import datetime, timedelta

from yueke.booking.queries import LessonRow


def is_over(*, row: LessonRow, now: datetime) -> bool:
    """Tell whether the lesson's own end has come."""
    return row.starts_at + timedelta(minutes=row.minutes) <= now


def lesson_state(*, row: LessonRow, now: datetime) -> str:
    """Return booked, live, finished, cancelled, or held where another learner may come."""
    if row.state == "cancelled":
        return "cancelled"
    if row.state == "vacant":
        return "held"
    if row.state == "finished":
        return "finished"
    if row.starts_at > now:
        return "booked"
    return "finished" if is_over(row=row, now=now) else "live"
