"""Instants as addresses and forms carry them where a wall clock won't do: `20260312T1100Z`."""

from datetime import UTC, datetime
from typing import Final

from yueke.portals.days import is_near

FORMAT: Final = "%Y%m%dT%H%MZ"


def show_stamp(instant: datetime) -> str:
    """Return the instant as an address carries it."""
    return instant.astimezone(UTC).strftime(FORMAT)


def read_stamp(text: str) -> datetime | None:
    """Return the instant of an address, or None for what is none, or too far off."""
    try:
        instant = datetime.strptime(text, FORMAT).replace(tzinfo=UTC)
    except ValueError:
        return None
    return instant if is_near(instant.date()) else None
