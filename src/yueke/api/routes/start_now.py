"""A lesson at once: in the running half-hour or the next."""

from typing import Any

from django.http import HttpRequest
from ninja import Router, Status

from yueke.api import answers, reading, showing
from yueke.api.asked import DryRun, KeyHeader, request_of
from yueke.api.schemas.bookings import BookedOut, StartNowIn
from yueke.booking.start_now import start_now

router = Router(tags=["Booking"])


@router.post("/start-nows", response=answers.rehearsable(BookedOut), summary="Start a lesson now")
def start(request: HttpRequest, body: StartNowIn, key: KeyHeader, dry_run: DryRun = None) -> Any:
    """Book the soonest half-hour that may still be taken: the running one, or the next.

    With no teacher named, the best who is free is taken.
    """
    answer = start_now(
        request_of(request, key, dry_run=dry_run),
        learner_id=reading.learner_id(body.learner),
        product=body.product,
        teacher_id=None if body.teacher is None else reading.teacher_id(body.teacher),
        asset=body.pay_with,
        lot_id=None if body.lot is None else reading.lot_id(body.lot),
        reason=body.reason,
    )
    done = answer.only()
    return Status(200 if dry_run else 201, showing.booked(done))
