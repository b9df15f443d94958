"""What decides about places in classes."""

from dataclasses import dataclass, field
from datetime import datetime

from yueke.booking.rules.facts import Facts
from yueke.kernel.grid import HALF_HOUR, cells_of


@dataclass(slots=True)
class LockedClass:
    """An open class that nobody else changes meanwhile."""

    id: int
    teacher_id: int | None
    starts_at: datetime
    cells: int
    capacity: int
    seats_taken: int
    state: str
    product: str
    title_zh: str
    title_en: str
    is_published: bool

    @property
    def times(self) -> tuple[datetime, ...]:
        """The half-hours it takes."""
        return cells_of(self.starts_at, self.cells)

    @property
    def ends_at(self) -> datetime:
        """When the last of its half-hours ends."""
        return self.starts_at + HALF_HOUR * self.cells


@dataclass(slots=True)
class ClassFacts(Facts):
    """Everything that decides a list of places; `seated` are learners with their classes."""

    classes: dict[int, LockedClass] = field(default_factory=dict)
    seated: set[tuple[int, int]] = field(default_factory=set)
