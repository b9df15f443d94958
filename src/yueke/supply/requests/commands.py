"""Ask for time that is not open, accept, reject, take back, keep; each opens one transaction."""

from datetime import datetime

from yueke.kernel.actor import Actor
from yueke.kernel.outcome import Answer
from yueke.kernel.refusal import Refusal
from yueke.kernel.transaction import Work, begin
from yueke.notices.once import Request, once
from yueke.people import channels
from yueke.supply.placing import place
from yueke.supply.requests import operations
from yueke.supply.requests.models import LessonRequest
from yueke.supply.requests.operations import Wish
from yueke.supply.requests.orders import RequestNow
from yueke.supply.requests.refusals import (
    RequestNotAccepted,
    RequestNotFound,
    RequestNotWaiting,
)


def ask(request: Request, *, wish: Wish, reason: str = "") -> Answer[RequestNow]:
    """Ask one teacher for a time they have not opened (LP-6). Refuses as `operations.ask`."""

    def act(work: Work) -> list[RequestNow]:
        asked = operations.ask(work, actor=request.actor, now=request.now, wish=wish, reason=reason)
        return [now_of(asked)]

    return once(request, RequestNow, act)


def accept(
    request: Request, *, request_id: int, keep: bool = False, reason: str = ""
) -> Answer[RequestNow]:
    """Open the time that was asked for, and book it at once (T-3).

    With `keep` the time is anyone's when the learner cancels early enough; else it goes then.
    Refuses: channel_may_not, request_not_found, request_not_waiting, and as the booking: then
    the request goes on waiting. Locks the request, then learner and slots.
    """
    actor = request.actor

    def act(work: Work) -> list[RequestNow]:
        asked = _lock_waiting(actor, request_id, request.now, "answer")
        command = operations.to_book(asked, keep=keep)
        key = f"request-{asked.pk}"
        booked = place(work, actor=actor, now=request.now, key=key, command=command)
        if isinstance(booked, Refusal):
            raise booked
        asked.keep, asked.seat_id = keep, booked.seat_id
        state = LessonRequest.State.ACCEPTED
        operations.end(work, asked, state=state, actor=actor, now=request.now, answer=reason)
        return [now_of(asked, paid=booked.paid)]

    return once(request, RequestNow, act)


def reject(request: Request, *, request_id: int, reason: str = "") -> Answer[RequestNow]:
    """Say no to a request (T-4). Refuses: channel_may_not, request_not_found,
    request_not_waiting."""
    return _end(request, request_id, LessonRequest.State.REJECTED, "answer", reason)


def withdraw(request: Request, *, request_id: int, reason: str = "") -> Answer[RequestNow]:
    """Take a request back before it is answered (LP-6). Refuses as `reject`."""
    return _end(request, request_id, LessonRequest.State.WITHDRAWN, "take-back", reason)


def set_keep(
    request: Request, *, request_id: int, keep: bool, reason: str = ""
) -> Answer[RequestNow]:
    """Say of an accepted request whether its time stays when the learner cancels (T-3).

    Refuses: channel_may_not, request_not_found, request_not_accepted. Time that was open before
    the request stays as it is.
    """
    actor = request.actor

    def act(work: Work) -> list[RequestNow]:
        asked = _lock(actor, request_id, "answer")
        if not operations.keep_time(work, asked, keep=keep, now=request.now):
            raise RequestNotAccepted(request_id)
        asked.keep = keep
        asked.save(update_fields=["keep"])
        operations.tell(work, asked, "request.kept", actor=actor, now=request.now, reason=reason)
        return [now_of(asked)]

    return once(request, RequestNow, act)


def expire(*, now: datetime, limit: int = 500) -> int:
    """End requests of any market that nobody answered in time, at most `limit`; return how many."""
    with begin() as work:
        due = LessonRequest.objects.filter(state=LessonRequest.State.WAITING, expires_at__lte=now)
        over = list(due.select_for_update(skip_locked=True).order_by("id")[:limit])
        for asked in over:
            actor = Actor(asked.market_id, "job", 0, "system")
            operations.end(work, asked, state=LessonRequest.State.EXPIRED, actor=actor, now=now)
        return len(over)


def _end(
    request: Request, request_id: int, state: str, permission: str, reason: str
) -> Answer[RequestNow]:
    def act(work: Work) -> list[RequestNow]:
        asked = _lock_waiting(request.actor, request_id, request.now, permission)
        operations.end(
            work, asked, state=state, actor=request.actor, now=request.now, answer=reason
        )
        return [now_of(asked)]

    return once(request, RequestNow, act)


def _lock(actor: Actor, request_id: int, permission: str) -> LessonRequest:
    channels.require(actor, permission, "request")
    found = LessonRequest.objects.select_for_update().filter(
        market_id=actor.market_id, id=request_id
    )
    asked = found.first()
    if asked is None or not actor.may_touch_teacher(asked.teacher_id):
        raise RequestNotFound(request_id)
    return asked


def _lock_waiting(actor: Actor, request_id: int, now: datetime, permission: str) -> LessonRequest:
    asked = _lock(actor, request_id, permission)
    if asked.state != LessonRequest.State.WAITING or asked.expires_at <= now:
        state = asked.state if asked.state != LessonRequest.State.WAITING else "expired"
        raise RequestNotWaiting(request_id, state)
    return asked


def now_of(asked: LessonRequest, *, paid: int | None = None) -> RequestNow:
    """Return a request as callers see it."""
    return RequestNow(
        request_id=asked.pk,
        learner_id=asked.learner_id,
        teacher_id=asked.teacher_id,
        product=asked.product,
        starts_at=asked.starts_at,
        state=asked.state,
        expires_at=asked.expires_at,
        keep=asked.keep,
        seat_id=asked.seat_id,
        asset=asked.asset,
        paid=paid,
    )
