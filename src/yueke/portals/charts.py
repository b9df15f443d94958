"""The arithmetic of small charts: bars of ten steps, and the points of a sparkline."""

from collections.abc import Sequence


def bar_level(*, count: int, largest: int) -> int:
    """Return 0 for none, else 1 to 10 in proportion to the largest."""
    if count <= 0 or largest <= 0:
        return 0
    return max(1, round(10 * min(count, largest) / largest))


def sparkline_points(*, values: Sequence[float], width: int, height: int) -> list[str]:
    """Return "x,y" pairs that spread the values over the width; the largest is at the top."""
    if len(values) < 2:
        return []
    low, high = min(values), max(values)
    spread = (high - low) or 1
    step = width / (len(values) - 1)
    return [
        f"{index * step:.1f},{height - (value - low) / spread * height:.1f}"
        for index, value in enumerate(values)
    ]
