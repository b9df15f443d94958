"""The half-hour grid on which all teaching time lies, in UTC."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from functools import lru_cache

HALF_HOUR = timedelta(minutes=30)
WEEK = timedelta(days=7)


def is_on_grid(instant: datetime) -> bool:
    """Tell whether an aware instant is a whole half-hour of UTC, whatever its own offset."""
    utc = instant.astimezone(UTC)
    return utc.minute % 30 == 0 and utc.second == 0 and utc.microsecond == 0


def cells_of(starts_at: datetime, cells: int) -> tuple[datetime, ...]:
    """Return the starts of the `cells` half-hours that follow from `starts_at`."""
    if cells == 1:
        return (starts_at,)
    return tuple(starts_at + HALF_HOUR * step for step in range(cells))


def cells_between(begin: datetime, end: datetime) -> Iterator[datetime]:
    """Yield the start of every half-hour inside the half-open range."""
    cell = floor(begin)
    if cell < begin:
        cell += HALF_HOUR
    while cell + HALF_HOUR <= end:
        yield cell
        cell += HALF_HOUR


def floor(instant: datetime) -> datetime:
    """Return the start of the half-hour that holds the instant, in UTC."""
    utc = instant.astimezone(UTC)
    return utc.replace(minute=utc.minute - utc.minute % 30, second=0, microsecond=0)


# Half-hours are few and come again and again.
@lru_cache(maxsize=4096)
def show_instant(instant: datetime) -> str:
    """Write an instant in UTC, as `2026-03-12T11:00:00Z`."""
    text = instant.isoformat()
    if not text.endswith("+00:00"):
        text = instant.astimezone(UTC).isoformat()
    return text[:-6] + "Z"
