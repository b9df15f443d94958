"""Read lessons."""

from datetime import UTC, datetime, timedelta
from typing import Any, Literal

from django.http import HttpRequest
from ninja import Router

from yueke.api import answers, reading, showing
from yueke.api.callers import actor_of
from yueke.api.schemas.lessons import LessonOut, LessonsOut
from yueke.api.window import Begin, Cursor, End, Limit
from yueke.booking import queries as booking
from yueke.booking.queries import Which

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
    state: Literal["live", "finished", "cancelled", "vacant"] | None = None,
    cursor: Cursor = None,
    limit: Limit = 50,
) -> Any:
    """List the lessons within the key's reach in order of time, one row a learner's seat.

    A lesson kept without a learner is vacant, and stands by the seat that was left last.
    """
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
    row = booking.get_lesson(actor=actor_of(request), seat_id=reading.seat_id(seat))
    return showing.lesson(row)
