"""Seats in open classes, and the wait for one (PC-2, H5-4, CU-5, CL-2)."""

from typing import Any

from django.http import HttpRequest
from ninja import Router, Status

from yueke.api import answers, reading, showing
from yueke.api.asked import DryRun, KeyHeader, request_of
from yueke.api.schemas.classes import PlaceIn, PlaceOut, WaitEndIn, WaitIn, WaitOut
from yueke.booking.classes import places
from yueke.booking.classes.orders import BookPlace
from yueke.booking.orders import Order
from yueke.kernel.refusal import Refusal

router = Router(tags=["Open classes"])


@router.post(
    "/class-bookings", response=answers.rehearsable(PlaceOut), summary="Book a seat in a class"
)
def book(request: HttpRequest, body: PlaceIn, key: KeyHeader, dry_run: DryRun = None) -> Any:
    """Book a seat in an open class for one learner, paid with one asset."""
    command = BookPlace(
        learner_id=reading.learner_id(body.learner),
        class_id=reading.class_id(body.lesson),
        asset=body.pay_with,
        lot_id=None if body.lot is None else reading.lot_id(body.lot),
        reason=body.reason,
    )
    one = request_of(request, key, dry_run=dry_run)
    order = Order(one.actor, one.key, one.body_hash, [command])
    [answer] = places.book_places(
        market_id=one.actor.market_id, now=one.now, orders=[order], dry_run=one.dry_run
    )
    if isinstance(answer, Refusal):
        raise answer
    return Status(200 if dry_run else 201, showing.place(answer.only()))


@router.post("/class-waits", response=answers.rehearsable(WaitOut), summary="Wait for a seat")
def wait(request: HttpRequest, body: WaitIn, key: KeyHeader, dry_run: DryRun = None) -> Any:
    """Have a learner wait for a seat in a full class.

    Who waits longest gets the seat that comes free, and it is paid then; who cannot pay it is
    passed over.
    """
    answer = places.wait(
        request_of(request, key, dry_run=dry_run),
        learner_id=reading.learner_id(body.learner),
        class_id=reading.class_id(body.lesson),
        asset=body.pay_with,
        reason=body.reason,
    )
    return Status(200 if dry_run else 201, showing.waiting(answer.only()))


@router.post("/class-wait-ends", response=answers.rehearsable(WaitOut), summary="Wait no longer")
def stop_waiting(
    request: HttpRequest, body: WaitEndIn, key: KeyHeader, dry_run: DryRun = None
) -> Any:
    """Have a learner wait no longer."""
    answer = places.stop_waiting(
        request_of(request, key, dry_run=dry_run),
        learner_id=reading.learner_id(body.learner),
        class_id=reading.class_id(body.lesson),
        reason=body.reason,
    )
    return Status(200 if dry_run else 201, showing.waiting(answer.only()))
