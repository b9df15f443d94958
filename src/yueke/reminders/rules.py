"""Pure rules of reminders: when a message goes out, and when it is tried again."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

WAYS: Final = ("email", "sms", "wechat")
# By the first of these that has an address and is set up is told who has not chosen.
UNASKED: Final = ("email", "wechat", "sms")
# What WeChat knows somebody by, in one account.
OPENID: Final = r"[A-Za-z0-9_-]{10,64}"
# What is told when quiet ends must leave time to get ready.
READY: Final = timedelta(minutes=15)
QUIET_LONGEST: Final = timedelta(hours=24)
TRIES_AFTER_SECONDS: Final = (60, 300, 1800)
_BEFORE_QUIET: Final = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Quiet:
    """Hours of the clock in a zone between which nobody is disturbed; none where they are equal."""

    from_hour: int
    until_hour: int
    zone: str

    def around(self, at: datetime) -> tuple[datetime, datetime] | None:
        """Return the half-open quiet stretch that holds an instant, or None."""
        if self.from_hour == self.until_hour:
            return None
        zone = ZoneInfo(self.zone)
        today = at.astimezone(zone).date()
        for day in (today - timedelta(days=1), today):
            later = day + timedelta(days=1) if self.until_hour <= self.from_hour else day
            begin = datetime.combine(day, time(self.from_hour), zone)
            end = datetime.combine(later, time(self.until_hour), zone)
            if begin <= at < end:
                return begin, end
        return None


def send_at(*, wanted: datetime, starts_at: datetime, now: datetime, quiet: Quiet) -> datetime:
    """Return when a message goes out that is wanted at a time, for a lesson that starts at another.

    In quiet hours it waits for their end; where that would be too late for the lesson it goes
    before they begin, or at once if they have.
    """
    at = max(wanted, now)
    stretch = quiet.around(at)
    if stretch is None:
        return at
    begin, end = stretch
    if end + READY <= starts_at or starts_at <= now:
        return end
    return max(begin - _BEFORE_QUIET, now)


def next_try_after(attempts: int) -> timedelta | None:
    """Return how long to wait after so many failed tries; None when that was the last one."""
    if attempts > len(TRIES_AFTER_SECONDS):
        return None
    return timedelta(seconds=TRIES_AFTER_SECONDS[attempts - 1])
