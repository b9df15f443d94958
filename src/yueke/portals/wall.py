"""Times on the wall clock of a zone, as calendars and forms write them: `2026-11-24T18:00`."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from yueke.portals.days import is_near


def read_wall(*, text: str, zone: str) -> datetime | None:
    """Return the instant of a time on the zone's wall clock, or None for none, or one too far off.

    A calendar may add seconds or an offset: the offset is left aside, since it never knows the
    zone's.
    """
    try:
        wall = datetime.fromisoformat(text)
    except ValueError:
        return None
    if not is_near(wall.date()):
        return None
    return wall.replace(tzinfo=ZoneInfo(zone)).astimezone(UTC)


def show_wall(*, instant: datetime, zone: str) -> str:
    """Return an instant on the zone's wall clock."""
    return f"{instant.astimezone(ZoneInfo(zone)):%Y-%m-%dT%H:%M}"
