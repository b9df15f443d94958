"""A deed on half-hours of a teacher, as forms and addresses carry it, and as the room takes it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from yueke.inventory import commands as inventory
from yueke.inventory.orders import Released, Target, Targeted, Withdrawn
from yueke.kernel.outcome import Answer
from yueke.notices.once import Request
from yueke.portals.staff.deeds import Deed
from yueke.portals.stamps import show_stamp


@dataclass(frozen=True, slots=True)
class Whom:
    """For whom half-hours are kept: the target, its public id, and its name."""

    target: Target
    id: str
    name: str


@dataclass(frozen=True, slots=True)
class Wish:
    """What is to be done with which half-hours; `until` is when a reservation ends."""

    deed: Deed
    starts: Sequence[datetime]
    whom: Whom | None = None
    until: datetime | None = None

    @property
    def fields(self) -> list[tuple[str, str]]:
        """The wish as the fields of a form."""
        fields = [("do", self.deed.code)]
        if self.whom:
            name = "product" if self.whom.target.kind == "product" else "learner"
            fields.append((name, self.whom.id))
        if self.until:
            fields.append(("until_at", show_stamp(self.until)))
        return fields + [("at", show_stamp(start)) for start in self.starts]

    @property
    def words(self) -> dict[str, str]:
        """What stands in the deed's sentences."""
        return {"whom": self.whom.name if self.whom else ""}


Changed = Answer[Released] | Answer[Targeted] | Answer[Withdrawn]


def carry_out(request: Request, *, teacher_id: int, wish: Wish, reason: str = "") -> Changed:
    """Do what is wished, by one call into the room; refuses as the room does."""
    starts, target = wish.starts, wish.whom.target if wish.whom else None
    if wish.deed.command == "release":
        return inventory.release_slots(
            request, teacher_id=teacher_id, starts=starts, target=target, reason=reason
        )
    if wish.deed.command == "withdraw":
        return inventory.withdraw_slots(
            request, teacher_id=teacher_id, starts=starts, reason=reason
        )
    return inventory.target_slots(
        request,
        teacher_id=teacher_id,
        starts=starts,
        target=target,
        reserved_until=wish.until,
        reason=reason,
    )
