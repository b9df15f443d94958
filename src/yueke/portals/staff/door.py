"""Who waits at the door of the classroom now, for the top of a console's queue (SD-8, CL-3)."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from django.urls import reverse

from yueke.people import queries as people
from yueke.portals import ids
from yueke.portals.staff.desk import Desk
from yueke.portals.staff.paging import address
from yueke.supply.matching import queries
from yueke.supply.matching.models import Wait

FIRST: Final = 8


@dataclass(frozen=True, slots=True)
class Waiting:
    """One learner: `id` is their seat's, as addresses carry it; `minutes` are whole ones."""

    id: str
    learner: str
    starts_at: datetime
    minutes: int
    is_alerted: bool


@dataclass(frozen=True, slots=True)
class Door:
    """Those who have waited longest, and the address of all where there are more."""

    waiting: list[Waiting]
    more_url: str


def at_the_door(*, desk: Desk) -> Door | None:
    """Return who waits now, the longest first; None for a channel that doesn't see it."""
    if not desk.allowed.may("see", "waits"):
        return None
    found = queries.list_waits(actor=desk.caller.actor, state=Wait.State.WAITING)
    rows = list(found.order_by("entered_at", "seat_id")[: FIRST + 1])
    shown = rows[:FIRST]
    learners = people.names_of_learners(ids={row.learner_id for row in shown})
    all_url = reverse("staff_waits") + address(state=Wait.State.WAITING)
    return Door(
        [_waiting(row, learners[row.learner_id], desk.caller.now) for row in shown],
        all_url if len(rows) > FIRST else "",
    )


def _waiting(row: Wait, learner: str, now: datetime) -> Waiting:
    return Waiting(
        id=ids.SEAT.show(row.seat_id),
        learner=learner,
        starts_at=row.starts_at,
        minutes=max(0, (now - row.entered_at) // timedelta(minutes=1)),
        is_alerted=row.alerted_at is not None,
    )
