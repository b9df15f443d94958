"""Which half-hours may still be taken now: the running one at its beginning, and the next."""

from datetime import datetime, timedelta

from yueke.kernel.grid import HALF_HOUR, floor


def half_hours_of_now(
    now: datetime, *, into_minutes: int, before_minutes: int
) -> dict[datetime, datetime]:
    """Return the half-hours, soonest first, each with the last instant at which it may be taken.

    The running one in its first minutes, the next until some minutes before it (H5-11).
    """
    running = floor(now)
    last = {
        running: running + timedelta(minutes=into_minutes),
        running + HALF_HOUR: running + HALF_HOUR - timedelta(minutes=before_minutes),
    }
    return {start: until for start, until in last.items() if now <= until}
