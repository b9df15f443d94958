"""Keep teachers' time for their own learners for a while, before anyone else may book it."""

from collections.abc import Collection
from datetime import datetime

from yueke.kernel.actor import Actor
from yueke.kernel.columns import numbers
from yueke.kernel.transaction import Work
from yueke.notices import operations as notices
from yueke.notices.operations import Happened


def prioritise(
    work: Work,
    *,
    actor: Actor,
    now: datetime,
    teacher_ids: Collection[int],
    begin: datetime,
    end: datetime,
    until: datetime,
) -> int:
    """Keep the open slots of teachers in a half-open range by priority until an instant (SD-3).

    Returns how many. Locks them by teacher and time.
    """
    params = {
        "market_id": actor.market_id,
        "teachers": numbers(sorted(teacher_ids)),
        "begin": begin,
        "end": end,
        "until": until,
    }
    kept = work.run("yueke.inventory", "prioritise_slots", params).fetchall()
    events = [
        Happened(
            0,
            "slot.targeted",
            actor,
            teacher_id=teacher_id,
            starts_at=starts_at,
            data={"target": "priority", "target_id": teacher_id},
        )
        for teacher_id, starts_at in kept
    ]
    notices.append_new(work, at=now, events=events)
    return len(kept)
