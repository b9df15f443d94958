"""Lesson requests: a teacher is asked for a time they have not opened."""

from typing import Any, Literal

from django.http import HttpRequest
from ninja import Router, Status

from yueke.api import answers, reading, showing
from yueke.api.asked import DryRun, KeyHeader, request_of
from yueke.api.callers import actor_of
from yueke.api.schemas.requests import (
    RequestAcceptIn,
    RequestAnswerIn,
    RequestIn,
    RequestKeepIn,
    RequestNowOut,
    RequestsOut,
)
from yueke.api.window import Cursor, Limit
from yueke.kernel.outcome import Answer
from yueke.people import public_ids
from yueke.people import queries as people
from yueke.supply.requests import commands, queries
from yueke.supply.requests.operations import Wish
from yueke.supply.requests.orders import RequestNow
from yueke.supply.requests.refusals import RequestNotFound

router = Router(tags=["Lesson requests"])
NOW = answers.rehearsable(RequestNowOut)


@router.get("/lesson-requests", response=answers.read(RequestsOut), summary="List lesson requests")
def list_requests(
    request: HttpRequest,
    learner: str | None = None,
    teacher: str | None = None,
    state: Literal["waiting", "accepted", "rejected", "withdrawn", "expired"] | None = None,
    cursor: Cursor = None,
    limit: Limit = 50,
) -> Any:
    """List lesson requests within the key's reach, newest first."""
    before = reading.cursor(cursor)
    found = queries.list_requests(
        actor=actor_of(request),
        learner_id=None if learner is None else reading.learner_id(learner),
        teacher_id=None if teacher is None else reading.teacher_id(teacher),
        state=state,
        before_id=None if before is None else before[1],
    )
    rows = list(found[:limit])
    learners = people.names_of_learners(ids={row.learner_id for row in rows})
    teachers = people.names_of_teachers(ids={row.teacher_id for row in rows})
    shown = [showing.lesson_request(row, learners, teachers) for row in rows]
    more = reading.show_cursor(0, rows[-1].pk) if len(rows) == limit else None
    return {"requests": shown, "next": more}


@router.post("/lesson-requests", response=NOW, summary="Ask a teacher for a time")
def ask(request: HttpRequest, body: RequestIn, key: KeyHeader, dry_run: DryRun = None) -> Any:
    """Ask one teacher for a time they have not opened; it is booked when they accept."""
    wish = Wish(
        reading.learner_id(body.learner),
        reading.teacher_id(body.teacher),
        reading.instant(body.starts_at),
        body.product,
        body.pay_with,
        None if body.lot is None else reading.lot_id(body.lot),
    )
    answer = commands.ask(request_of(request, key, dry_run=dry_run), wish=wish, reason=body.reason)
    return _shown(answer, dry_run)


@router.post("/request-acceptances", response=NOW, summary="Accept a lesson request")
def accept(
    request: HttpRequest, body: RequestAcceptIn, key: KeyHeader, dry_run: DryRun = None
) -> Any:
    """Open the time that was asked for, and book it for the learner at once."""
    answer = commands.accept(
        request_of(request, key, dry_run=dry_run),
        request_id=_request_id(body.request),
        keep=body.keep,
        reason=body.reason,
    )
    return _shown(answer, dry_run)


@router.post("/request-rejections", response=NOW, summary="Reject a lesson request")
def reject(
    request: HttpRequest, body: RequestAnswerIn, key: KeyHeader, dry_run: DryRun = None
) -> Any:
    """Say no; nothing is opened, and nothing booked."""
    asked = request_of(request, key, dry_run=dry_run)
    answer = commands.reject(asked, request_id=_request_id(body.request), reason=body.reason)
    return _shown(answer, dry_run)


@router.post("/request-withdrawals", response=NOW, summary="Take a lesson request back")
def withdraw(
    request: HttpRequest, body: RequestAnswerIn, key: KeyHeader, dry_run: DryRun = None
) -> Any:
    """Take back a request that its teacher has not answered."""
    asked = request_of(request, key, dry_run=dry_run)
    answer = commands.withdraw(asked, request_id=_request_id(body.request), reason=body.reason)
    return _shown(answer, dry_run)


@router.post("/request-keeps", response=NOW, summary="Keep the time of an accepted request")
def set_keep(
    request: HttpRequest, body: RequestKeepIn, key: KeyHeader, dry_run: DryRun = None
) -> Any:
    """Say whether the time of an accepted request stays when the learner cancels."""
    answer = commands.set_keep(
        request_of(request, key, dry_run=dry_run),
        request_id=_request_id(body.request),
        keep=body.keep,
        reason=body.reason,
    )
    return _shown(answer, dry_run)


def _request_id(text: str) -> int:
    number = public_ids.read("lrq", text)
    if number is None:
        raise RequestNotFound(text[:64])
    return number


def _shown(answer: Answer[RequestNow], dry_run: str | None) -> Any:
    done = answer.only()
    return Status(200 if dry_run else 201, showing.request_now(done))
