"""What a decision about bookings knows: read once for the whole list, then changed as it decides.

A fact changes when a command is accepted, so that the next command of the list sees it: a list
is decided as if its commands came one by one.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime

from yueke.booking.overbooking.rooms import Room, RoomKey
from yueke.booking.rules.trial import Trials
from yueke.curriculum.operations import Progress
from yueke.curriculum.rules import ProductFacts
from yueke.inventory.rules.locked_slot import OfferedSlot
from yueke.wallet.rules import Holding

Cell = tuple[int, datetime]


@dataclass(slots=True)
class BusyCell:
    """A half-hour that a learner has taken."""

    learner_id: int
    starts_at: datetime


@dataclass(slots=True)
class Facts:
    """Everything that decides a list of bookings in one market at one moment."""

    now: datetime
    products: dict[str, ProductFacts]
    families: dict[int, int] = field(default_factory=dict)
    courses: dict[tuple[int, int], tuple[int, int]] = field(default_factory=dict)
    slots: dict[Cell, OfferedSlot] = field(default_factory=dict)
    # The bits of skills in the abilities of slots.
    bits: dict[str, int] = field(default_factory=dict)
    # What teachers teach, of those whose time may be taken unoffered.
    skills: dict[int, frozenset[str]] = field(default_factory=dict)
    busy: set[Cell] = field(default_factory=set)
    # For lessons without teachers, by product and half-hour.
    rooms: dict[RoomKey, Room] = field(default_factory=dict)
    # Of those who want a trial.
    trials: dict[int, Trials] = field(default_factory=dict)
    lots: dict[int, list[Holding]] = field(default_factory=dict)
    spent_accounts: dict[str, int] = field(default_factory=dict)
    # How to take back what has been accepted, where it may have to be.
    undo: list[Callable[[], None]] | None = None

    def know(
        self, *, progress: Iterable[Progress], busy: Iterable[BusyCell], holdings: Iterable[Holding]
    ) -> None:
        """Take in where learners stand, when they are busy, and what they own."""
        self.courses.update(
            ((p.learner_id, p.product_id), (p.course_id, p.level)) for p in progress
        )
        self.busy.update((row.learner_id, row.starts_at) for row in busy)
        for holding in holdings:
            if holding.learner_id is not None:
                self.lots.setdefault(holding.learner_id, []).append(holding)
            elif holding.role == "spent":
                self.spent_accounts[holding.asset] = holding.id

    def roll_back(self) -> None:
        """Take back what has been accepted since `undo` was last emptied."""
        for step in reversed(self.undo or []):
            step()
        self.undo = None
