"""Hold teachers without a learner yet, and let them go again; each leaves an event."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from yueke.kernel.actor import Actor
from yueke.kernel.transaction import Work
from yueke.notices import operations as notices
from yueke.notices.operations import Happened

_ROOM = "yueke.inventory"


def hold(
    work: Work,
    *,
    actor: Actor,
    now: datetime,
    product_id: int,
    starts_at: datetime,
    until: datetime,
    skills: Sequence[str],
    count: int,
) -> int:
    """Hold up to so many teachers who have the half-hour open and teach one of these (SD-7).

    What somebody is just booking is passed by. Returns how many are held now.
    """
    params = {
        "market_id": actor.market_id,
        "starts_at": starts_at,
        "product_id": product_id,
        "until": until,
        "skills": list(skills),
        "count": count,
    }
    held = [row[0] for row in work.run(_ROOM, "hold_slots", params)]
    _tell(work, "slot.held", actor, now, held, starts_at, {"product_id": product_id})
    return len(held)


def let_go(
    work: Work,
    *,
    actor: Actor,
    now: datetime,
    product_id: int,
    starts_at: datetime,
    count: int,
) -> int:
    """Give up to so many held teachers of a half-hour their time back; returns how many."""
    params = {
        "market_id": actor.market_id,
        "starts_at": starts_at,
        "product_id": product_id,
        "count": count,
    }
    freed = [row[0] for row in work.run(_ROOM, "let_go_slots", params)]
    _tell(work, "slot.let_go", actor, now, freed, starts_at, {"product_id": product_id})
    return len(freed)


def _tell(
    work: Work,
    kind: str,
    actor: Actor,
    now: datetime,
    teacher_ids: Iterable[int],
    starts_at: datetime,
    data: dict[str, object],
) -> None:
    events = [
        Happened(0, kind, actor, teacher_id=teacher_id, starts_at=starts_at, data=data)
        for teacher_id in teacher_ids
    ]
    notices.append_new(work, at=now, events=events)
