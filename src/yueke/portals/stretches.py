"""Half-hours side by side, joined to stretches of time."""

from collections.abc import Iterable
from datetime import datetime

from yueke.kernel.grid import HALF_HOUR

Stretch = tuple[datetime, datetime]


def join(starts: Iterable[datetime]) -> list[Stretch]:
    """Return the stretches, from beginning to end, that half-hours make up, in order of time."""
    stretches: list[Stretch] = []
    for start in sorted(starts):
        if stretches and stretches[-1][1] == start:
            stretches[-1] = (stretches[-1][0], start + HALF_HOUR)
        else:
            stretches.append((start, start + HALF_HOUR))
    return stretches
