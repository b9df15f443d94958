"""Lessons that somebody does not come to: marked so, or called off beforehand by the teacher."""

from typing import Any

from django.http import HttpRequest
from ninja import Router, Status

from yueke.api import answers, reading, showing
from yueke.api.asked import DryRun, KeyHeader, request_of
from yueke.api.schemas.changes import LessonIn
from yueke.api.schemas.places import (
    AbsenceIn,
    AbsencesOut,
    CallOffIn,
    CallOffsOut,
    PlacesTakenOut,
)
from yueke.booking import absence, absence_undo
from yueke.booking.call_off import call_off

router = Router(tags=["Lessons"])


@router.post("/absences", response=answers.rehearsable(AbsencesOut), summary="Say who did not come")
def mark_absent(
    request: HttpRequest, body: AbsenceIn, key: KeyHeader, dry_run: DryRun = None
) -> Any:
    """Say that the teacher or the learner did not come to a lesson that has begun.

    Without its teacher it is cancelled, without its learners finished. What was paid comes back
    for a teacher, and stays spent for a learner, unless the policies say otherwise.
    """
    answer = absence.mark_absent(
        request_of(request, key, dry_run=dry_run),
        seat_id=reading.seat_id(body.seat),
        who=body.who,
        reason=body.reason,
    )
    shown = [showing.absent(done) for done in answer.all()]
    return Status(200 if dry_run else 201, {"results": shown})


@router.post(
    "/absence-undos",
    response=answers.rehearsable(PlacesTakenOut),
    summary="Take an absence back",
)
def undo_absence(
    request: HttpRequest, body: LessonIn, key: KeyHeader, dry_run: DryRun = None
) -> Any:
    """Take back, within a week, that somebody did not come: who lost their seat has one again.

    They pay again what came back to them. A learner whose seat stayed came, and has it still. A
    lesson finished because nobody came is booked again; one that others were taught stays finished,
    and the learner moves on like them.
    """
    answer = absence_undo.undo_absence(
        request_of(request, key, dry_run=dry_run),
        seat_id=reading.seat_id(body.seat),
        reason=body.reason,
    )
    shown = [showing.place_taken(done) for done in answer.all()]
    return Status(200 if dry_run else 201, {"results": shown})


@router.post(
    "/teacher-cancellations",
    response=answers.rehearsable(CallOffsOut),
    summary="Cancel a lesson as its teacher",
)
def cancel_as_teacher(
    request: HttpRequest, body: CallOffIn, key: KeyHeader, dry_run: DryRun = None
) -> Any:
    """Cancel a lesson, refunded as the policy says; the teacher's time is taken back with it.

    `reserve_at` keeps another time of the teacher for the learner, who has 24 hours to book it.
    """
    answer = call_off(
        request_of(request, key, dry_run=dry_run),
        seat_id=reading.seat_id(body.seat),
        reserve_at=None if body.reserve_at is None else reading.instant(body.reserve_at),
        reason=body.reason,
    )
    shown = [showing.called_off(done) for done in answer.all()]
    return Status(200 if dry_run else 201, {"results": shown})
