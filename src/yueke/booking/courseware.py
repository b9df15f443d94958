"""The command that chooses which lesson of its course a lesson teaches."""

from yueke.booking.changing import change_once, lock, tell
from yueke.booking.operations import lesson as operations
from yueke.booking.orders import LessonChanged
from yueke.booking.rules import lesson as rules
from yueke.booking.rules.lesson import LockedLesson
from yueke.curriculum import operations as curriculum
from yueke.curriculum.refusals import CoursewareUnknown
from yueke.kernel.outcome import Answer
from yueke.kernel.transaction import Work
from yueke.notices.once import Request
from yueke.people import channels


def change_courseware(
    request: Request, *, seat_id: int, number: int | None, reason: str = ""
) -> Answer[LessonChanged]:
    """Teach another lesson of the course, by number; none: the learner's next (F-6, LP-4, CC-7).

    Learning progress goes on from it when the lesson is finished. Refuses: channel_may_not,
    lesson_not_found, courseware_unknown, and as `rules.lesson.check_courseware`. Locks learners,
    slots, lesson.
    """

    def act(work: Work) -> LockedLesson:
        actor = request.actor
        channels.require_for_some(actor, "change", "courseware")
        lesson, _ = lock(work, actor, seat_id)
        channels.require_for(actor, "change", "courseware", lesson.product)
        rules.check_courseware(lesson, number, request.now)
        if number is not None and not _is_of_course(lesson, number):
            raise CoursewareUnknown(number)
        data: dict[str, object] = {"was_number": lesson.course_number, "number": number}
        operations.set_course_number(work, market_id=actor.market_id, lesson=lesson, number=number)
        tell(work, request, lesson, "lesson.courseware_changed", reason, data)
        return lesson

    return change_once(request, act)


def _is_of_course(lesson: LockedLesson, number: int) -> bool:
    return lesson.course_id is not None and curriculum.has_lesson(
        course_id=lesson.course_id, number=number
    )
