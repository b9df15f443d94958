"""Places in lessons that stay: one left, one taken by another learner."""

from typing import Any

from django.http import HttpRequest
from ninja import Router, Status

from yueke.api import answers, reading, showing
from yueke.api.asked import DryRun, KeyHeader, request_of
from yueke.api.schemas.changes import LessonIn
from yueke.api.schemas.places import PlaceLeftOut, PlaceTakenOut, StudentSwapIn
from yueke.booking import places
from yueke.kernel.refusal import Refusal

router = Router(tags=["Places in lessons"])


@router.post(
    "/fake-cancellations",
    response=answers.rehearsable(PlaceLeftOut),
    summary="Let a learner leave and keep the teacher's time",
)
def fake_cancel(
    request: HttpRequest, body: LessonIn, key: KeyHeader, dry_run: DryRun = None
) -> Any:
    """Let the learner leave, with what was paid, and keep the lesson for another learner.

    Nobody having come by its start, it is finished, and the teacher is paid.
    """
    asked = request_of(request, key, dry_run=dry_run)
    answer = places.fake_cancel(asked, seat_id=reading.seat_id(body.seat), reason=body.reason)
    [done] = answer.results
    if isinstance(done, Refusal):
        raise done
    return Status(200 if dry_run else 201, showing.place_left(done))


@router.post(
    "/student-swaps", response=answers.rehearsable(PlaceTakenOut), summary="Swap the student"
)
def swap_student(
    request: HttpRequest, body: StudentSwapIn, key: KeyHeader, dry_run: DryRun = None
) -> Any:
    """Let another learner take the place of the one who has the seat, or who left it."""
    answer = places.swap_student(
        request_of(request, key, dry_run=dry_run),
        seat_id=reading.seat_id(body.seat),
        learner_id=reading.learner_id(body.learner),
        asset=body.pay_with,
        lot_id=None if body.lot is None else reading.lot_id(body.lot),
        reason=body.reason,
    )
    [done] = answer.results
    if isinstance(done, Refusal):
        raise done
    return Status(200 if dry_run else 201, showing.place_taken(done))
