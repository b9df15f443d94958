"""A slot as those who decide about it see it."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(slots=True)
class LockedSlot:
    """A slot that nobody else changes meanwhile, and what its teacher teaches."""

    teacher_id: int
    starts_at: datetime
    state: str
    target_kind: str | None
    target_id: int | None
    reserved_until: datetime | None
    skills: frozenset[str]
