"""Book, cancel and search as Django answers them: the slow twins of the hot routes."""

from typing import Annotated, Any

from django.http import HttpRequest
from ninja import Query, Router, Status
from pydantic import WithJsonSchema

from yueke.api import answers, bodies, searches, showing
from yueke.api.asked import DryRun, KeyHeader, carried_out
from yueke.api.callers import actor_of
from yueke.api.schemas.bookings import (
    BookedOut,
    BookingIn,
    BookingListIn,
    BookingListOut,
    CancellationIn,
    CancelledOut,
)
from yueke.api.schemas.searches import TeachersOut, TimesOut
from yueke.booking import commands as booking

router = Router(tags=["Booking"])
_LEARNER = Annotated[str, Query(description="The learner's id.")]
_FROM = Annotated[str, Query(alias="from", description="First instant, inclusive.")]
_TO = Annotated[str, Query(description="Last instant, exclusive; at most 14 days later.")]
_TAGS = Annotated[list[str], Query(alias="tag", description="Teachers have every tag.")]


def _number(highest: int) -> Any:
    """Return a parameter that `searches.read_query` reads: a whole number from 1."""
    schema = {"type": "integer", "minimum": 1, "maximum": highest}
    return Annotated[str, WithJsonSchema(schema)]


@router.post("/bookings", response=answers.rehearsable(BookedOut), summary="Book one lesson")
def book(request: HttpRequest, body: BookingIn, key: KeyHeader, dry_run: DryRun = None) -> Any:
    """Book one lesson of one learner with one teacher, paid with one asset."""
    asked = bodies.to_book(bodies.decode(request.body, bodies.Booking))
    answer = carried_out(request, key, booking.book_lessons, [asked], dry_run=dry_run)
    return Status(_status(dry_run), showing.booked(answer.only()))


@router.post(
    "/forced-bookings", response=answers.rehearsable(BookedOut), summary="Book time not offered"
)
def force_book(
    request: HttpRequest, body: BookingIn, key: KeyHeader, dry_run: DryRun = None
) -> Any:
    """Book one lesson also where the teacher has not offered the time.

    The half-hour becomes a slot for this learner alone, and goes when the lesson is cancelled.
    """
    asked = bodies.to_book(bodies.decode(request.body, bodies.Booking))
    asked.force, asked.permission, asked.keep = True, "force", False
    answer = carried_out(request, key, booking.book_lessons, [asked], dry_run=dry_run)
    return Status(_status(dry_run), showing.booked(answer.only()))


@router.post(
    "/booking-lists", response=answers.rehearsable(BookingListOut), summary="Book several lessons"
)
def book_list(
    request: HttpRequest, body: BookingListIn, key: KeyHeader, dry_run: DryRun = None
) -> Any:
    """Book lessons in the order given, at most 500: all or none, or each that can be.

    The answer lists a lesson or a problem for each, in the same order. Of a list that was to be
    booked whole and could not be, `booked` is 0.
    """
    asked = bodies.to_book_list(bodies.decode(request.body, bodies.BookingList))
    answer = carried_out(
        request,
        key,
        booking.book_lessons,
        asked,
        dry_run=dry_run,
        all_or_none=body.all_or_none,
    )
    return Status(_status(dry_run), showing.results(answer.results))


@router.post("/cancellations", response=answers.rehearsable(CancelledOut), summary="Cancel a seat")
def cancel(
    request: HttpRequest, body: CancellationIn, key: KeyHeader, dry_run: DryRun = None
) -> Any:
    """Cancel one learner's seat; what was paid comes back as the policy of the product says."""
    asked = bodies.to_cancel(bodies.decode(request.body, bodies.Cancellation))
    answer = carried_out(request, key, booking.cancel_seats, [asked], dry_run=dry_run)
    return Status(_status(dry_run), showing.cancelled(answer.only()))


@router.get("/teachers", response=answers.read(TeachersOut), summary="Find free teachers")
def teachers(
    request: HttpRequest,
    learner: _LEARNER,
    product: str,
    begin: _FROM,
    to: _TO,
    tag: _TAGS = [],  # noqa: B006  never changed
    cursor: str | None = None,
    limit: _number(searches.PAGE_MAX) = "20",  # type: ignore[valid-type]
) -> Any:
    """Find teachers free in a window when the learner is too, best rating first."""
    asked = searches.read_query(_query(request), more=["cursor", "limit"])
    return searches.teachers(actor_of(request), asked)


@router.get("/times", response=answers.read(TimesOut), summary="Find free half-hours")
def times(
    request: HttpRequest,
    learner: _LEARNER,
    product: str,
    begin: _FROM,
    to: _TO,
    tag: _TAGS = [],  # noqa: B006  never changed
    count_up_to: _number(searches.COUNT_MAX) = "1",  # type: ignore[valid-type]
) -> Any:
    """Find the half-hours of a window that have any teacher for this learner."""
    asked = searches.read_query(_query(request), more=["count_up_to"])
    return searches.times(actor_of(request), asked)


def _status(dry_run: str | None) -> int:
    return 200 if dry_run else 201


def _query(request: HttpRequest) -> dict[str, list[str]]:
    return {name: list(values) for name, values in request.GET.lists()}
