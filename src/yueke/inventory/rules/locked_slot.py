"""A slot as those who decide about it see it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from yueke.inventory.orders import Target


@dataclass(slots=True)
class LockedSlot:
    """A slot that nobody else changes meanwhile."""

    teacher_id: int
    starts_at: datetime
    state: str
    target_kind: str | None
    target_id: int | None
    reserved_until: datetime | None

    def is_over(self, now: datetime) -> bool:
        """Tell whether its reservation has ended, so that it is about to go."""
        over = self.reserved_until is not None and self.reserved_until <= now
        return over and self.state != "booked"

    def is_for(self, *, learner_id: int, product_id: int, target: Target | None = None) -> bool:
        """Tell whether it is kept for nobody, this learner, this product, or the target named."""
        targets = {None: None, "student": learner_id, "product": product_id}
        if target is not None:
            targets[target.kind] = target.id
        return self.target_kind in targets and self.target_id == targets[self.target_kind]


@dataclass(slots=True)
class TaughtSlot(LockedSlot):
    """A slot with what its teacher teaches."""

    skills: frozenset[str]


@dataclass(slots=True)
class OfferedSlot(LockedSlot):
    """A slot with what its teacher teaches in bits, and in words where some share a bit."""

    abilities: int
    skills: frozenset[str] | None

    def teaches(self, skill: str, bits: Mapping[str, int]) -> bool:
        """Tell whether its teacher has a skill; `bits` are those of skills by name."""
        if self.skills is not None:
            return skill in self.skills
        bit = bits.get(skill)
        return bit is not None and bool(self.abilities >> bit & 1)
