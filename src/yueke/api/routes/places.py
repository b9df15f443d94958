"""Places in lessons that stay: one left, one taken by another learner, two exchanged."""

from typing import Any

from django.http import HttpRequest
from ninja import Router, Status

from yueke.api import answers, reading, showing
from yueke.api.asked import DryRun, KeyHeader, request_of
from yueke.api.schemas.changes import LessonIn
from yueke.api.schemas.places import (
    ExchangeIn,
    LearnersExchangedOut,
    PlaceLeftOut,
    PlaceTakenOut,
    StudentSwapIn,
    TeachersExchangedOut,
)
from yueke.booking import exchange, places

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

    Nobody having come by its start, it is finished; the policy says whether the teacher is paid.
    """
    asked = request_of(request, key, dry_run=dry_run)
    answer = places.fake_cancel(asked, seat_id=reading.seat_id(body.seat), reason=body.reason)
    done = answer.only()
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
    done = answer.only()
    return Status(200 if dry_run else 201, showing.place_taken(done))


@router.post(
    "/learner-exchanges",
    response=answers.rehearsable(LearnersExchangedOut),
    summary="Exchange two learners",
)
def exchange_learners(
    request: HttpRequest, body: ExchangeIn, key: KeyHeader, dry_run: DryRun = None
) -> Any:
    """Let the learners of two lessons take each other's place, both or neither.

    Each is refunded, and pays for the other lesson with the same asset.
    """
    answer = exchange.exchange_learners(
        request_of(request, key, dry_run=dry_run),
        seat_id=reading.seat_id(body.seat),
        other_seat_id=reading.seat_id(body.other_seat),
        reason=body.reason,
    )
    shown = [showing.place_taken(done) for done in answer.all()]
    return Status(200 if dry_run else 201, {"results": shown})


@router.post(
    "/lesson-exchanges",
    response=answers.rehearsable(LearnersExchangedOut),
    summary="Exchange two lessons",
)
def exchange_lessons(
    request: HttpRequest, body: ExchangeIn, key: KeyHeader, dry_run: DryRun = None
) -> Any:
    """Let two lessons change to each other's time, both or neither.

    Each keeps its learner and its teacher, who must have the other time open. Learners are
    refunded, and pay for the new time with the same asset. Results are in the order of the seats.
    """
    answer = exchange.exchange_lessons(
        request_of(request, key, dry_run=dry_run),
        seat_id=reading.seat_id(body.seat),
        other_seat_id=reading.seat_id(body.other_seat),
        reason=body.reason,
    )
    shown = [showing.place_taken(done) for done in answer.all()]
    return Status(200 if dry_run else 201, {"results": shown})


@router.post(
    "/teacher-exchanges",
    response=answers.rehearsable(TeachersExchangedOut),
    summary="Exchange two teachers",
)
def exchange_teachers(
    request: HttpRequest, body: ExchangeIn, key: KeyHeader, dry_run: DryRun = None
) -> Any:
    """Let the teachers of two lessons teach each other's, both or neither.

    Where the lessons are at different times, each must have the other's time open.
    """
    answer = exchange.exchange_teachers(
        request_of(request, key, dry_run=dry_run),
        seat_id=reading.seat_id(body.seat),
        other_seat_id=reading.seat_id(body.other_seat),
        reason=body.reason,
    )
    shown = [showing.lesson_changed(done) for done in answer.all()]
    return Status(200 if dry_run else 201, {"results": shown})
