"""Learners at the door of the classroom: entering, waiting, and another teacher in mid-lesson."""

from typing import Any, Literal

from django.http import HttpRequest
from ninja import Router, Status

from yueke.api import answers, bodies, reading, showing
from yueke.api.asked import DryRun, KeyHeader, carried_out, request_of
from yueke.api.callers import actor_of
from yueke.api.schemas.overbooking import (
    EnteredOut,
    EntryIn,
    RematchedOut,
    RematchIn,
    WaitOut,
    WaitsOut,
)
from yueke.api.window import Cursor, Limit
from yueke.supply.matching import commands, queries
from yueke.supply.matching.enter import enter_rooms

router = Router(tags=["Overbooking and matching"])


@router.post("/room-entries", response=answers.rehearsable(EnteredOut), summary="Enter the room")
def enter(request: HttpRequest, body: EntryIn, key: KeyHeader, dry_run: DryRun = None) -> Any:
    """Let a learner enter the room of their lesson; who has no teacher yet waits for one.

    Said twice or out of order, it says how things stand. The teacher comes with `GET /waits/…`.
    """
    asked = bodies.to_enter(bodies.decode(request.body, bodies.Entry))
    answer = carried_out(request, key, enter_rooms, [asked], dry_run=dry_run)
    return Status(200 if dry_run else 201, showing.entered(answer.only()))


@router.get("/waits", response=answers.read(WaitsOut), summary="List who waits")
def list_waits(
    request: HttpRequest,
    state: Literal["waiting", "matched", "given_up", "left"] | None = None,
    cursor: Cursor = None,
    limit: Limit = 50,
) -> Any:
    """List those who entered within the key's reach, the last seat first."""
    before = reading.cursor(cursor)
    before_id = None if before is None else before[1]
    found = queries.list_waits(actor=actor_of(request), state=state, before_id=before_id)
    rows = queries.as_they_stand(found[:limit])
    more = reading.show_cursor(0, rows[-1].seat_id) if len(rows) == limit else None
    return {"waits": [showing.wait(row) for row in rows], "next": more}


@router.get("/waits/{seat}", response=answers.read(WaitOut), summary="See how one waits")
def get_wait(request: HttpRequest, seat: str) -> Any:
    """See how it stands with a learner who entered: waiting, or with which teacher."""
    found = queries.get_wait(actor=actor_of(request), seat_id=reading.seat_id(seat))
    return showing.wait(*queries.as_they_stand([found]))


@router.post("/re-matches", response=answers.rehearsable(RematchedOut), summary="Match again")
def rematch(request: HttpRequest, body: RematchIn, key: KeyHeader, dry_run: DryRun = None) -> Any:
    """Find another teacher for a lesson that has begun or is about to, those held first."""
    answer = commands.rematch(
        request_of(request, key, dry_run=dry_run),
        seat_id=reading.seat_id(body.seat),
        reason=body.reason,
    )
    return Status(200 if dry_run else 201, showing.rematched(answer.only()))
