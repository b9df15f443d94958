"""How large a bench's company is."""

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Size:
    """So many teachers and learners, and open slots in the coming week."""

    teachers: int = 100_000
    learners: int = 200_000
    open_slots: int = 2_000_000
