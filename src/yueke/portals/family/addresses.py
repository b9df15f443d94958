"""How addresses carry what was chosen."""

from datetime import UTC, datetime
from urllib.parse import urlencode


def stamp(at: datetime) -> str:
    """Return an instant as addresses carry it: `2026-03-12T11:00Z`."""
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%MZ")


def with_query(url: str, **values: str) -> str:
    """Return the address with those of the values that are not empty."""
    query = urlencode({name: value for name, value in values.items() if value})
    return f"{url}?{query}" if query else url
