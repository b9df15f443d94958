"""Read what happened."""

from collections.abc import Callable
from functools import partial
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest
from ninja import Router

from yueke.api import answers, reading, showing
from yueke.api.callers import actor_of
from yueke.api.refusals import BodyInvalid, CursorInvalid
from yueke.api.schemas.events import EventsOut
from yueke.api.window import Cursor, Limit
from yueke.booking import queries as booking
from yueke.curriculum import queries as curriculum
from yueke.kernel.actor import Actor
from yueke.notices import queries as notices
from yueke.notices.models import Event
from yueke.people import channels
from yueke.people import queries as people

router = Router(tags=["Lessons"])
Log = Callable[..., QuerySet[Event]]


@router.get("/events", response=answers.read(EventsOut), summary="Read what happened")
def list_events(
    request: HttpRequest,
    seat: str | None = None,
    learner: str | None = None,
    teacher: str | None = None,
    starts_at: str | None = None,
    cursor: Cursor = None,
    limit: Limit = 50,
) -> Any:
    """Read what happened to a lesson (by `seat`) or a slot (`teacher`, `starts_at`), first to last.

    Or to a `learner`, last to first.
    """
    actor = actor_of(request)
    channels.require(actor, "see", "audit")
    if seat is not None:
        log = _log_of_lesson(actor, seat)
    elif learner is not None:
        log = _log_of_learner(actor, learner)
    elif teacher is not None and starts_at is not None:
        log = _log_of_slot(actor, teacher, starts_at)
    else:
        raise BodyInvalid("one of `seat`, `learner`, or `teacher` with `starts_at` is needed")
    rows = list(log(after=_event_before(log, cursor))[:limit])
    products = curriculum.codes(market_id=actor.market_id)
    return {
        "events": [showing.event(row, products) for row in rows],
        "next": reading.show_cursor(0, rows[-1].id) if len(rows) == limit else None,
    }


def _log_of_lesson(actor: Actor, seat: str) -> Log:
    row = booking.get_lesson(actor=actor, seat_id=reading.seat_id(seat))
    return partial(notices.events_of_lesson, market_id=actor.market_id, lesson_id=row.lesson_id)


def _log_of_learner(actor: Actor, learner: str) -> Log:
    one = people.get_learner(actor=actor, learner_id=reading.learner_id(learner))
    return partial(notices.events_of_learner, market_id=actor.market_id, learner_id=one.id)


def _log_of_slot(actor: Actor, teacher: str, starts_at: str) -> Log:
    whose = people.get_teacher(actor=actor, teacher_id=reading.teacher_id(teacher))
    at = reading.instant(starts_at)
    lesson_ids = booking.lesson_ids_of_slot(
        market_id=actor.market_id, teacher_id=whose.id, starts_at=at
    )
    return partial(
        notices.events_of_slot,
        market_id=actor.market_id,
        teacher_id=whose.id,
        starts_at=at,
        lesson_ids=lesson_ids,
    )


def _event_before(log: Log, cursor: str | None) -> Event | None:
    """Return the event of a log that a page starts after."""
    after = reading.cursor(cursor)
    if after is None:
        return None
    found = log().filter(id=after[1]).first()
    if found is None:
        raise CursorInvalid()
    return found
