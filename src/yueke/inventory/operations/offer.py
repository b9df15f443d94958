"""Release, withdraw, target and expire slots; each leaves an event on its slot."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from yueke.inventory.orders import Target
from yueke.inventory.rules.offer import Offered
from yueke.kernel.actor import Actor
from yueke.kernel.columns import instants
from yueke.kernel.transaction import Work
from yueke.notices import operations as notices
from yueke.notices.operations import Happened
from yueke.people import operations as people

_ROOM = "yueke.inventory"


def lock_slots_of_teacher(
    work: Work, *, market_id: int, teacher_id: int, starts: Sequence[datetime]
) -> dict[datetime, Offered]:
    """Lock a teacher's slots in order of time and return those that are there."""
    params = (market_id, teacher_id, instants(starts))
    rows = work.run(_ROOM, "lock_slots_of_teacher", params)
    return {row[0]: Offered(*row[1:]) for row in rows}


def release(
    work: Work,
    *,
    actor: Actor,
    now: datetime,
    teacher_id: int,
    starts: Sequence[datetime],
    target: Target | None,
    reason: str = "",
) -> set[datetime]:
    """Open slots that are not there yet and return the new ones. Locks the teacher."""
    kind, target_id = (target.kind, target.id) if target else (None, None)
    work.ask(people.lock_teachers(market_id=actor.market_id, teacher_ids=[teacher_id])).fetch()
    params = (kind, target_id, instants(starts), actor.market_id, teacher_id)
    new = {row[0] for row in work.run(_ROOM, "insert_slots", params)}
    data: dict[str, object] = {"target": kind, "target_id": target_id} if target else {}
    told = Happened(0, "slot.released", actor, reason, teacher_id=teacher_id, data=data)
    _tell(work, told, now=now, starts=sorted(new))
    return new


def withdraw(
    work: Work,
    *,
    actor: Actor,
    now: datetime,
    teacher_id: int,
    starts: Sequence[datetime],
    reason: str = "",
) -> None:
    """Take open slots, locked before, back."""
    work.run(_ROOM, "delete_slots", (actor.market_id, teacher_id, instants(starts)))
    told = Happened(0, "slot.withdrawn", actor, reason, teacher_id=teacher_id)
    _tell(work, told, now=now, starts=starts)


def target(
    work: Work,
    *,
    actor: Actor,
    now: datetime,
    teacher_id: int,
    starts: Sequence[datetime],
    target: Target | None,
    reserved_until: datetime | None,
    reason: str = "",
) -> None:
    """Keep open slots, locked before, for a target or for anyone."""
    kind, target_id = (target.kind, target.id) if target else (None, None)
    key = (actor.market_id, teacher_id, instants(starts))
    work.run(_ROOM, "target_slots", (kind, target_id, reserved_until, *key))
    data = {"target": kind, "target_id": target_id}
    told = Happened(0, "slot.targeted", actor, reason, teacher_id=teacher_id, data=data)
    _tell(work, told, now=now, starts=starts)


def keep(
    work: Work,
    *,
    market_id: int,
    teacher_id: int,
    starts: Sequence[datetime],
    target: Target,
    keep: bool,
) -> int:
    """Say whether slots for a target stay when their lesson is cancelled; return how many are."""
    key = (market_id, teacher_id, instants(starts), target.kind, target.id)
    return len(work.run(_ROOM, "keep_slots", (keep, *key)).fetchall())


def open_to_anyone(
    work: Work, *, actor: Actor, now: datetime, teacher_id: int, starts: Sequence[datetime]
) -> None:
    """Let anyone have open slots, locked before, that were kept for somebody."""
    target(
        work,
        actor=actor,
        now=now,
        teacher_id=teacher_id,
        starts=starts,
        target=None,
        reserved_until=None,
    )


def expire_reservations(work: Work, *, now: datetime, limit: int) -> int:
    """Remove slots whose reservation is over, or open them to anyone where it was by priority.

    At most `limit`; returns how many.
    """
    over = work.run(_ROOM, "expire_reservations", (now, limit)).fetchall()
    events = [
        Happened(
            0,
            event_kind,
            Actor(market_id, "job", 0, "system"),
            teacher_id=teacher_id,
            starts_at=starts_at,
            data={"target": kind, "target_id": target_id},
        )
        for event_kind, market_id, teacher_id, starts_at, kind, target_id in over
    ]
    notices.append_new(work, at=now, events=events)
    return len(over)


def _tell(work: Work, told: Happened, *, now: datetime, starts: Sequence[datetime]) -> None:
    """Append the event once for each slot."""
    events = [replace(told, starts_at=start) for start in starts]
    notices.append_new(work, at=now, events=events)
