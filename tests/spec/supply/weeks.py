"""Weeks of the company's calendar around the real clock, and weekly times in them."""

from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from tests.served import id_of
from yueke.people.models import Teacher

ZONE = ZoneInfo("Asia/Shanghai")
DAY = timedelta(days=1)
WEEK = timedelta(days=7)


def monday(*, weeks: int = 1) -> date:
    """Return the Monday so many weeks from this one, by the company's calendar."""
    today = datetime.now(ZONE).date()
    return today - DAY * today.weekday() + WEEK * weeks


def at(week: date, weekday: int, clock: str) -> datetime:
    """Return the instant of a weekly time in a week."""
    wall = datetime.combine(week + DAY * weekday, time.fromisoformat(clock), ZONE)
    return wall.astimezone(UTC)


def weekly(teacher: Teacher, weekday: int, clock: str) -> dict[str, Any]:
    """Return a teacher and a weekly time as a body names them."""
    return {"teacher": id_of(teacher), "weekday": weekday, "at": clock}
