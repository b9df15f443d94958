"""What all commands for one lesson share: lock it within the caller's reach, act once, tell."""

from collections.abc import Callable

from yueke.booking.operations import lesson as operations
from yueke.booking.orders import LessonChanged
from yueke.booking.refusals import LessonNotFound
from yueke.booking.rules.lesson import LockedLesson
from yueke.kernel.actor import Actor
from yueke.kernel.outcome import Answer
from yueke.kernel.transaction import Work
from yueke.notices.once import Request, once


def change_once(request: Request, act: Callable[[Work], LockedLesson]) -> Answer[LessonChanged]:
    """Carry out what changes one lesson, once for its request key."""

    def changed(work: Work) -> list[LessonChanged]:
        lesson = act(work)
        state, number = lesson.state, lesson.course_number
        return [LessonChanged(lesson.seat_id, lesson.id, state, lesson.teacher_id, number)]

    return once(request, LessonChanged, changed)


def lock(
    work: Work, actor: Actor, seat_id: int, *, other_teacher_id: int | None = None
) -> tuple[LockedLesson, operations.Slots]:
    """Lock the lesson of a seat within the caller's reach, or refuse (lesson_not_found)."""
    others = () if other_teacher_id is None else (other_teacher_id,)
    locked = operations.lock(
        work, market_id=actor.market_id, seat_ids=[seat_id], teacher_ids=others
    )
    return within_reach(locked, actor, seat_id), locked.slots


def within_reach(locked: operations.Locked, actor: Actor, seat_id: int) -> LockedLesson:
    """Return a locked lesson that the caller reaches, or refuse (lesson_not_found)."""
    lesson = locked.lessons.get(seat_id)
    if lesson is None or not lesson.is_within(actor):
        raise LessonNotFound(seat_id)
    return lesson


def tell(
    work: Work,
    request: Request,
    lesson: LockedLesson,
    kind: str,
    reason: str,
    data: dict[str, object] | None = None,
) -> None:
    """Append what happened to the lesson."""
    operations.tell(
        work,
        actor=request.actor,
        now=request.now,
        lesson=lesson,
        kind=kind,
        reason=reason,
        data=data,
    )
