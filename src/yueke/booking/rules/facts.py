"""What a decision about bookings knows: read once for the whole list, then changed as it decides.

A fact changes when a command is accepted, so that the next command of the list sees it: a list
is decided as if its commands came one by one.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime

from yueke.curriculum.rules import ProductFacts

Cell = tuple[int, datetime]


@dataclass(slots=True)
class SlotFacts:
    """A slot, locked, and what its teacher teaches."""

    state: str
    target_kind: str | None
    target_id: int | None
    reserved_until: datetime | None
    skills: frozenset[str]


@dataclass(slots=True)
class LotFacts:
    """Something a learner can pay with."""

    id: int
    learner_id: int
    asset: str
    product_id: int | None
    expires_at: datetime | None
    balance: int


@dataclass(slots=True)
class Facts:
    """Everything that decides a list of bookings in one market at one moment."""

    now: datetime
    products: dict[str, ProductFacts]
    families: dict[int, int] = field(default_factory=dict)
    courses: dict[tuple[int, int], tuple[int, int]] = field(default_factory=dict)
    slots: dict[Cell, SlotFacts] = field(default_factory=dict)
    busy: set[Cell] = field(default_factory=set)
    lots: dict[int, list[LotFacts]] = field(default_factory=dict)
    spent_accounts: dict[str, int] = field(default_factory=dict)
    # How to take back what has been accepted, where it may have to be.
    undo: list[Callable[[], None]] | None = None

    def roll_back(self) -> None:
        """Take back what has been accepted since `undo` was last emptied."""
        for step in reversed(self.undo or []):
            step()
        self.undo = None
