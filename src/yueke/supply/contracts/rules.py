"""How far ahead the lessons of contracts are planned, and until when a teacher may agree."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from yueke.supply.refusals import WeekInvalid
from yueke.supply.weeks import WEEK, monday_of

# Scheduling books these without waiting for the teachers (SD-11).
WEEKS_AT_ONCE = 2
WEEKS_AHEAD_MAX = 26


def first_weeks(first: date) -> list[date]:
    """Return the Mondays of the weeks that are booked with the proposal."""
    return [first + WEEK * step for step in range(WEEKS_AT_ONCE)]


def check_first_week(first: date, now: datetime, zone: ZoneInfo) -> None:
    """Refuse what is no Monday of this week or one of the next ones (week_invalid)."""
    this = monday_of(now, zone)
    if first.weekday() or not this <= first <= this + WEEK * WEEKS_AHEAD_MAX:
        raise WeekInvalid(first.isoformat())


def last_week(now: datetime, zone: ZoneInfo, *, weeks: int) -> date:
    """Return the Monday of the last week that is planned by now."""
    return monday_of(now, zone) + WEEK * weeks


def answer_by(starts_at: datetime, *, hours: int) -> datetime:
    """Return until when the teacher may agree to a lesson."""
    return starts_at - timedelta(hours=hours)
