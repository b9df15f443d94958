"""What callers ask of the inventory room, and what they get back."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Target:
    """For whom a slot is kept: `student` with a learner id, or `product` with a product id."""

    kind: str
    id: int


@dataclass(slots=True)
class Released:
    """A half-hour the teacher offers. `is_new`: it was not there before."""

    starts_at: datetime
    is_new: bool


@dataclass(slots=True)
class Withdrawn:
    """A half-hour the teacher took back."""

    starts_at: datetime


@dataclass(slots=True)
class Targeted:
    """A slot kept for a target, or for anyone again."""

    starts_at: datetime
    target_kind: str | None
    target_id: int | None
