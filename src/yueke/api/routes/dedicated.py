"""Dedicated teachers: chosen, booked before others, and for many learners at once."""

from typing import Any

from django.http import HttpRequest
from ninja import Router, Status

from yueke.api import answers, reading, showing
from yueke.api.asked import DryRun, KeyHeader, request_of
from yueke.api.callers import actor_of
from yueke.api.refusals import ListTooLong
from yueke.api.schemas.bookings import BookedOut
from yueke.api.schemas.dedicated import (
    AssuredIn,
    AssuredOut,
    DedicatedEndIn,
    DedicatedIn,
    DedicatedNowOut,
    DedicatedsOut,
    PriorityBookingIn,
)
from yueke.api.window import Cursor, Limit
from yueke.people import queries as people
from yueke.supply.dedicated import commands, queries
from yueke.supply.dedicated.assured import Wanted, assure
from yueke.supply.dedicated.commands import Choice
from yueke.supply.dedicated.priority import book_priority
from yueke.supply.weeks import weekly_time

router = Router(tags=["Dedicated teachers"])
LIST_MAX = 200


@router.get(
    "/dedicated-teachers", response=answers.read(DedicatedsOut), summary="List dedicated teachers"
)
def list_dedicated(
    request: HttpRequest,
    learner: str | None = None,
    teacher: str | None = None,
    cursor: Cursor = None,
    limit: Limit = 50,
) -> Any:
    """List the dedicated teachers within the key's reach, the first chosen first."""
    after = reading.cursor(cursor)
    found = queries.list_dedicated(
        actor=actor_of(request),
        learner_id=None if learner is None else reading.learner_id(learner),
        teacher_id=None if teacher is None else reading.teacher_id(teacher),
        after_id=None if after is None else after[1],
    )
    rows = list(found[:limit])
    learners = people.names_of_learners(ids={row.learner_id for row in rows})
    teachers = people.names_of_teachers(ids={row.teacher_id for row in rows})
    shown = [showing.dedicated(row, learners, teachers) for row in rows]
    more = reading.show_cursor(0, rows[-1].pk) if len(rows) == limit else None
    return {"dedicated": shown, "next": more}


@router.post(
    "/dedicated-teachers",
    response=answers.rehearsable(DedicatedNowOut),
    summary="Choose a dedicated teacher",
)
def choose(request: HttpRequest, body: DedicatedIn, key: KeyHeader, dry_run: DryRun = None) -> Any:
    """Choose a learner's own teacher of a product, in the place of another."""
    choice = Choice(
        reading.learner_id(body.learner),
        body.product,
        reading.teacher_id(body.teacher),
        [weekly_time(one.weekday, one.at) for one in body.times],
        body.pay_with,
    )
    asked = request_of(request, key, dry_run=dry_run)
    done = commands.choose(asked, choice=choice, reason=body.reason).only()
    return Status(200 if dry_run else 201, showing.dedicated_now(done))


@router.post(
    "/dedicated-teacher-ends",
    response=answers.rehearsable(DedicatedNowOut),
    summary="Leave a dedicated teacher",
)
def leave(
    request: HttpRequest, body: DedicatedEndIn, key: KeyHeader, dry_run: DryRun = None
) -> Any:
    """Have no dedicated teacher of a product any more; what is booked stays."""
    asked = request_of(request, key, dry_run=dry_run)
    learner_id = reading.learner_id(body.learner)
    done = commands.leave(
        asked, learner_id=learner_id, product=body.product, reason=body.reason
    ).only()
    return Status(200 if dry_run else 201, showing.dedicated_now(done))


@router.post(
    "/priority-bookings",
    response=answers.rehearsable(BookedOut),
    summary="Book one's dedicated teacher",
)
def book(
    request: HttpRequest, body: PriorityBookingIn, key: KeyHeader, dry_run: DryRun = None
) -> Any:
    """Book a learner's dedicated teacher, also in time that is kept for that teacher's learners."""
    answer = book_priority(
        request_of(request, key, dry_run=dry_run),
        learner_id=reading.learner_id(body.learner),
        product=body.product,
        starts_at=reading.instant(body.starts_at),
        asset=body.pay_with,
        lot_id=None if body.lot is None else reading.lot_id(body.lot),
        reason=body.reason,
    )
    return Status(200 if dry_run else 201, showing.booked(answer.only()))


@router.post(
    "/assured-bookings",
    response=answers.rehearsable(AssuredOut),
    summary="Book many with their dedicated teachers",
)
def book_assured(
    request: HttpRequest, body: AssuredIn, key: KeyHeader, dry_run: DryRun = None
) -> Any:
    """Book each learner who finished a lesson this week, or ask their teacher for the time.

    One answer for each, in order: booked, asked, or a problem; at most 200.
    """
    if not 1 <= len(body.learners) <= LIST_MAX:
        raise ListTooLong(LIST_MAX)
    answer = assure(
        request_of(request, key, dry_run=dry_run),
        product=body.product,
        wanted=[
            Wanted(reading.learner_id(one.learner), reading.instant(one.starts_at))
            for one in body.learners
        ],
        reason=body.reason,
    )
    shown = [showing.assured(one) for one in answer.results]
    return Status(200 if dry_run else 201, {"results": shown})
