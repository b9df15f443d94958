"""Both teachers of a dual pair, booked in one act."""

from typing import Any

from django.http import HttpRequest
from ninja import Router, Status

from yueke.api import answers, reading, showing
from yueke.api.asked import DryRun, KeyHeader, request_of
from yueke.api.schemas.bookings import BookingListOut, DualBookingIn
from yueke.booking.dual import book_dual
from yueke.booking.orders import BookLesson, Order
from yueke.kernel.refusal import Refusal

router = Router(tags=["Booking"])


@router.post(
    "/dual-bookings",
    response=answers.rehearsable(BookingListOut),
    summary="Book a dual pair of teachers",
)
def book(request: HttpRequest, body: DualBookingIn, key: KeyHeader, dry_run: DryRun = None) -> Any:
    """Book a lesson with a Chinese teacher and one with a foreign teacher: both, or neither.

    The answer lists a lesson or a problem for each, the Chinese teacher's first.
    """
    asked = request_of(request, key, dry_run=dry_run)
    commands = [
        BookLesson(
            learner_id=reading.learner_id(body.learner),
            teacher_id=reading.teacher_id(time.teacher),
            starts_at=reading.instant(time.starts_at),
            product=body.product,
            asset=body.pay_with,
            reason=body.reason,
        )
        for time in (body.chinese, body.foreign)
    ]
    order = Order(asked.actor, asked.key, asked.body_hash, commands)
    answer = book_dual(
        market_id=asked.actor.market_id, now=asked.now, order=order, dry_run=asked.dry_run
    )
    if isinstance(answer, Refusal):
        raise answer
    return Status(200 if dry_run else 201, showing.results(answer.results))
