"""What stands in the middle of a console, and what of it needs a person now: one row a kind."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Final

from yueke.booking.classes import hand_over
from yueke.portals.staff import campaign_work, class_work, mine
from yueke.portals.staff.desk import Desk
from yueke.portals.staff.matters import Matters


def _nothing(*, desk: Desk) -> Sequence[Matters]:
    return ()


@dataclass(frozen=True, slots=True)
class Works:
    """One row: its template, what that needs, and what of it belongs into the queue."""

    template: str
    context: Callable[[Desk], dict[str, Any]]
    matters: Callable[..., Sequence[Matters]] = _nothing


def _learners(desk: Desk) -> dict[str, Any]:
    found = mine.first_of(desk=desk)
    return {"mine": found} if found else {}


def _classes(desk: Desk) -> dict[str, Any]:
    return {
        "classes": class_work.ahead(desk=desk),
        "may_create": not hand_over.is_out(actor=desk.caller.actor, now=desk.caller.now)
        and desk.allowed.may("create", "class"),
    }


def _campaigns(desk: Desk) -> dict[str, Any]:
    return campaign_work.running(desk=desk)


WORKS: Final = {
    "learners": Works("portals/staff/work_learners.html", _learners),
    "classes": Works("portals/staff/work_classes.html", _classes, class_work.matters),
    "campaigns": Works("portals/staff/work_campaigns.html", _campaigns, campaign_work.matters),
}


def middle_of(*, desk: Desk, works: str) -> dict[str, Any]:
    """Return what stands in the middle, if there is anything."""
    if works not in WORKS:
        return {}
    context = WORKS[works].context(desk)
    return {"middle": WORKS[works].template, **context} if context else {}


def matters_of(*, desk: Desk, works: str) -> Sequence[Matters]:
    """Return what of it needs a person now."""
    return WORKS[works].matters(desk=desk) if works in WORKS else ()
