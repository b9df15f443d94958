"""What a wish would do to each half-hour: done, or left as it is and why."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from yueke.inventory.models import Slot
from yueke.inventory.orders import Released
from yueke.inventory.rules import offer
from yueke.inventory.rules.offer import Offered
from yueke.kernel.refusal import Refusal
from yueke.people import channels
from yueke.portals.staff.wish import Changed, Wish

KNOWN: Final = "known"
REASONS: Final[Mapping[str, Promise]] = {
    KNOWN: _("offered already"),
    "slot_already_taken": _("booked"),
    "slot_not_open": _("not offered, or on hold"),
    "channel_may_not": _("another team's"),
    "time_in_past": _("over, or begun"),
    "time_too_far": _("too far ahead"),
    "time_off_grid": _("not on the hour or the half-hour"),
}


@dataclass(frozen=True, slots=True)
class Effect:
    """Half-hours that are done, and those that stay by why: the code of a refusal, or `known`."""

    done: list[datetime]
    stays: dict[str, list[datetime]]

    @property
    def left(self) -> int:
        """How many stay as they are."""
        return sum(len(starts) for starts in self.stays.values())


def effect_before(
    *, wish: Wish, slots: Iterable[Slot], channel: str, now: datetime, teacher_id: int
) -> Effect:
    """Return what the room would do; `slots` are the teacher's around the wish."""
    known = {slot.starts_at: slot for slot in slots}

    def why(start: datetime) -> str:
        slot = known.get(start)
        if wish.deed.command == "release":
            refusal = offer.why_not_release(start, now)
            return refusal.code if refusal else KNOWN if slot else ""
        refusal = offer.why_not_change(teacher_id, start, _offered(slot))
        if refusal:
            return refusal.code
        kept = slot.target_kind if slot else None
        # Anyone's slots may be kept for somebody by all who keep any.
        if kept is None and wish.deed.command == "target":
            return ""
        may = channels.may(channel, wish.deed.command, kept or "slot")
        return "" if may else "channel_may_not"

    return _effect((start, why(start)) for start in wish.starts)


def effect_after(*, wish: Wish, answer: Changed) -> Effect:
    """Return what the room did."""

    def why(result: object) -> str:
        if isinstance(result, Refusal):
            return result.code
        return KNOWN if isinstance(result, Released) and not result.is_new else ""

    return _effect(
        (start, why(result)) for start, result in zip(wish.starts, answer.results, strict=True)
    )


def _offered(slot: Slot | None) -> Offered | None:
    if slot is None:
        return None
    return Offered(slot.state, slot.target_kind, slot.target_id, slot.reserved_until)


def _effect(found: Iterable[tuple[datetime, str]]) -> Effect:
    done: list[datetime] = []
    stays: dict[str, list[datetime]] = {}
    for start, why in found:
        (stays.setdefault(why, []) if why else done).append(start)
    return Effect(done, stays)
