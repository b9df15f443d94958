"""Read lessons and what happened to them."""

from datetime import UTC, datetime, timedelta
from typing import Any, Literal

from django.http import HttpRequest
from ninja import Router

from yueke.api import answers, reading, showing
from yueke.api.callers import actor_of
from yueke.api.refusals import BodyInvalid
from yueke.api.schemas import EventsOut, LessonOut, LessonsOut
from yueke.api.window import Begin, Cursor, End, Limit
from yueke.booking import queries as booking
from yueke.booking.queries import Which
from yueke.booking.refusals import LessonNotFound
from yueke.curriculum import queries as curriculum
from yueke.notices import queries as notices
from yueke.people import channels, public_ids
from yueke.people import queries as people

router = Router(tags=["Lessons"])
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_SECOND = timedelta(seconds=1)


@router.get("/lessons", response=answers.read(LessonsOut), summary="List lessons")
def list_lessons(
    request: HttpRequest,
    learner: str | None = None,
    teacher: str | None = None,
    begin: Begin = None,
    to: End = None,
    state: Literal["live", "cancelled"] | None = None,
    cursor: Cursor = None,
    limit: Limit = 50,
) -> Any:
    """List the lessons within the key's reach in order of time, one row a learner's seat."""
    after = reading.cursor(cursor)
    which = Which(
        learner_id=None if learner is None else reading.learner_id(learner),
        teacher_id=None if teacher is None else reading.teacher_id(teacher),
        begin=None if begin is None else reading.instant(begin),
        end=None if to is None else reading.instant(to),
        state=state,
        after=None if after is None else (_EPOCH + after[0] * _SECOND, after[1]),
    )
    found = booking.list_lessons(actor=actor_of(request), which=which, size=limit)
    last = found[-1] if len(found) == limit else None
    return {
        "lessons": [showing.lesson(row) for row in found],
        "next": last and reading.show_cursor((last.starts_at - _EPOCH) // _SECOND, last.seat_id),
    }


@router.get("/lessons/{seat}", response=answers.read(LessonOut), summary="Read a lesson")
def get_lesson(request: HttpRequest, seat: str) -> Any:
    """Read one lesson as one learner has it."""
    row = booking.get_lesson(actor=actor_of(request), seat_id=_seat_id(seat))
    return showing.lesson(row)


@router.get("/events", response=answers.read(EventsOut), summary="Read what happened")
def list_events(
    request: HttpRequest,
    seat: str | None = None,
    learner: str | None = None,
    teacher: str | None = None,
    starts_at: str | None = None,
) -> Any:
    """Read what happened to a lesson (by `seat`), a learner, or a slot (`teacher`, `starts_at`)."""
    actor = actor_of(request)
    channels.require(actor, "see", "audit")
    if seat is not None:
        row = booking.get_lesson(actor=actor, seat_id=_seat_id(seat))
        found = notices.events_of_lesson(market_id=actor.market_id, lesson_id=row.lesson_id)
    elif learner is not None:
        one = people.get_learner(actor=actor, learner_id=reading.learner_id(learner))
        found = notices.events_of_learner(market_id=actor.market_id, learner_id=one.id)
    elif teacher is not None and starts_at is not None:
        whose = people.get_teacher(actor=actor, teacher_id=reading.teacher_id(teacher))
        found = notices.events_of_slot(
            market_id=actor.market_id,
            teacher_id=whose.id,
            starts_at=reading.instant(starts_at),
        )
    else:
        raise BodyInvalid("one of `seat`, `learner`, or `teacher` with `starts_at` is needed")
    products = curriculum.codes(market_id=actor.market_id)
    return {"events": [showing.event(event, products) for event in found[:500]]}


def _seat_id(text: str) -> int:
    number = public_ids.read("st", text)
    if number is None:
        raise LessonNotFound(text[:64])
    return number
