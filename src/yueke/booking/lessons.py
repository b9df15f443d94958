"""Commands for one lesson: finish it, open it again, give it to another teacher."""

from yueke.booking.changing import change_once, lock, tell
from yueke.booking.operations import lesson as operations
from yueke.booking.orders import LessonChanged
from yueke.booking.rules import lesson as rules
from yueke.booking.rules.lesson import LockedLesson
from yueke.kernel.outcome import Answer
from yueke.kernel.transaction import Work
from yueke.notices.once import Request
from yueke.people import channels
from yueke.people import queries as people


def finish(request: Request, *, seat_id: int, reason: str = "") -> Answer[LessonChanged]:
    """Finish a lesson that has begun; its learners move on to the next one (F-3).

    Refuses: channel_may_not, lesson_not_found, lesson_already_cancelled,
    lesson_already_finished, lesson_not_started, lesson_has_no_teacher. Locks learners, slots,
    lesson.
    """

    def act(work: Work) -> LockedLesson:
        channels.require(request.actor, "finish", "lesson")
        lesson, _ = lock(work, request.actor, seat_id)
        rules.check_finish(lesson, request.now)
        came: dict[str, object] = {"came": list(lesson.learners)}
        operations.set_state(
            work, market_id=request.actor.market_id, lesson=lesson, state="finished"
        )
        tell(work, request, lesson, "lesson.finished", reason, came)
        return lesson

    return change_once(request, act)


def undo_finish(request: Request, *, seat_id: int, reason: str = "") -> Answer[LessonChanged]:
    """Take back that a lesson was finished; its learners move back (F-4).

    Refuses: channel_may_not, lesson_not_found, lesson_already_cancelled, lesson_not_finished,
    lesson_over. Locks learners, slots, lesson.
    """

    def act(work: Work) -> LockedLesson:
        channels.require(request.actor, "finish", "lesson")
        lesson, _ = lock(work, request.actor, seat_id)
        rules.check_undo_finish(lesson, request.now)
        operations.set_state(work, market_id=request.actor.market_id, lesson=lesson, state="booked")
        tell(work, request, lesson, "lesson.finish_undone", reason)
        return lesson

    return change_once(request, act)


def change_teacher(
    request: Request, *, seat_id: int, teacher_id: int, reason: str = ""
) -> Answer[LessonChanged]:
    """Give a lesson to another teacher who has the time open, before it or while it lasts (F-5).

    With trials, in mid-lesson too, consultants may do it (F-8, TM-3, CC-3). The time of the teacher
    it had is open again unless it has begun. Refuses: channel_may_not, lesson_not_found,
    teacher_not_found, and as `rules.lesson.check_new_teacher`. Locks learners, slots, lesson.
    """

    def act(work: Work) -> LockedLesson:
        actor = request.actor
        channels.require_for_some(actor, "change", "teacher")
        people.get_teacher(actor=actor, teacher_id=teacher_id)
        lesson, slots = lock(work, actor, seat_id, other_teacher_id=teacher_id)
        channels.require_for(actor, "change", "teacher", lesson.product)
        rules.check_new_teacher(lesson, teacher_id, slots, request.now)
        data: dict[str, object] = {"was": lesson.teacher_id}
        operations.set_teacher(
            work,
            actor=actor,
            now=request.now,
            lesson=lesson,
            teacher_id=teacher_id,
            reason=reason,
        )
        tell(work, request, lesson, "lesson.teacher_changed", reason, data)
        return lesson

    return change_once(request, act)
