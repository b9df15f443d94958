"""What a wave of lessons would meet: spread over the half-hours, as many as there are teachers."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Outlook:
    """What would become of lessons that came: how many each half-hour, and how many in vain."""

    taken: dict[datetime, int]
    missing: int

    @property
    def total(self) -> int:
        """How many would be taught."""
        return sum(self.taken.values())


def spread(count: int, able: Mapping[datetime, int]) -> Outlook:
    """Spread lessons evenly over half-hours, never more in one than teachers who are free."""
    taken = dict.fromkeys(able, 0)
    left = count
    while left:
        open_to = [at for at in sorted(able) if taken[at] < able[at]]
        if not open_to:
            break
        share, rest = divmod(left, len(open_to))
        for place, at in enumerate(open_to):
            more = min(able[at] - taken[at], share + (place < rest))
            taken[at] += more
            left -= more
    return Outlook(taken, left)
