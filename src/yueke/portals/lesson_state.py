"""The state of a lesson as chips show it."""

from datetime import datetime, timedelta

from yueke.booking.queries import LessonRow


def lesson_state(*, row: LessonRow, now: datetime) -> str:
    """Return booked, live, finished or cancelled."""
    if row.state == "cancelled":
        return "cancelled"
    if row.starts_at > now:
        return "booked"
    return "live" if now < row.starts_at + timedelta(minutes=row.minutes) else "finished"
