"""Whether a lesson may be finished, opened again, or given to another teacher."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from yueke.booking.refusals import (
    CoursewareUnchanged,
    LearnerAlreadyAbsent,
    LessonAlreadyCancelled,
    LessonAlreadyFinished,
    LessonHasNoTeacher,
    LessonNotFinished,
    LessonNotStarted,
    LessonOver,
    TeacherUnchanged,
)
from yueke.booking.rules.slot import check_skill, free_slot
from yueke.inventory.rules.locked_slot import TaughtSlot
from yueke.kernel.actor import Actor
from yueke.kernel.grid import HALF_HOUR, cells_of

# A lesson may be put right for so long after its end.
UNDO_DAYS = 7


@dataclass(slots=True)
class LockedLesson:
    """A lesson that nobody else changes meanwhile, as one of its seats names it.

    `learners` are those with live seats who are not marked absent.
    """

    seat_id: int
    seat_state: str
    learner_id: int
    family_id: int
    asset: str
    paid: int
    absent: bool
    free_cancel_hours: int
    company_refunds: bool
    id: int
    state: str
    teacher_id: int | None
    starts_at: datetime
    cells: int
    capacity: int
    seats_taken: int
    product_id: int
    product: str
    is_class: bool
    course_id: int | None
    course_number: int | None
    level: int | None
    learners: list[int]

    @property
    def is_vacant(self) -> bool:
        """Tell whether it is kept without a learner."""
        return self.state == "vacant"

    @property
    def was_taught(self) -> bool:
        """Tell whether it is finished and somebody came."""
        return self.state == "finished" and bool(self.learners)

    def is_within(self, actor: Actor) -> bool:
        """Tell whether a caller reaches the lesson as the seat's learner has it."""
        if actor.teacher_id is not None:
            return actor.teacher_id == self.teacher_id
        return actor.may_touch_family(self.family_id)

    @property
    def kind(self) -> str:
        """What the table of permissions calls it."""
        return "open" if self.is_class else "lesson"

    @property
    def times(self) -> tuple[datetime, ...]:
        """The half-hours it takes."""
        return cells_of(self.starts_at, self.cells)

    @property
    def ends_at(self) -> datetime:
        """When the last of its half-hours ends."""
        return self.starts_at + HALF_HOUR * self.cells


def check_finish(lesson: LockedLesson, now: datetime) -> None:
    """Refuse to finish.

    Refuses: lesson_already_cancelled, lesson_already_finished, lesson_not_started,
    lesson_has_no_teacher.
    """
    _check_begun(lesson, now)
    check_has_teacher(lesson)


def check_has_teacher(lesson: LockedLesson) -> None:
    """Refuse what only a taught lesson allows (lesson_has_no_teacher)."""
    if lesson.teacher_id is None:
        raise LessonHasNoTeacher(lesson.seat_id)


def _check_begun(lesson: LockedLesson, now: datetime) -> None:
    _check_live(lesson)
    if lesson.state == "finished":
        raise LessonAlreadyFinished(lesson.seat_id)
    if now < lesson.starts_at:
        raise LessonNotStarted(lesson.seat_id)


def check_absence(lesson: LockedLesson, now: datetime) -> None:
    """Refuse to mark somebody as not having come.

    Refuses: lesson_already_cancelled, lesson_already_finished, lesson_not_started, lesson_over,
    learner_already_absent.
    """
    _check_begun(lesson, now)
    if now > lesson.ends_at + timedelta(days=UNDO_DAYS):
        raise LessonOver(lesson.seat_id)
    if lesson.absent:
        raise LearnerAlreadyAbsent(lesson.seat_id)


def check_undo_finish(lesson: LockedLesson, now: datetime) -> None:
    """Refuse to undo (lesson_already_cancelled, lesson_not_finished, lesson_over)."""
    _check_live(lesson)
    if lesson.state != "finished":
        raise LessonNotFinished(lesson.seat_id)
    if now > lesson.ends_at + timedelta(days=UNDO_DAYS):
        raise LessonOver(lesson.seat_id)


def check_undo_absence(lesson: LockedLesson, now: datetime) -> None:
    """Refuse to take an absence back so late (lesson_over)."""
    if now > lesson.ends_at + timedelta(days=UNDO_DAYS):
        raise LessonOver(lesson.seat_id)


def check_courseware(lesson: LockedLesson, number: int | None, now: datetime) -> None:
    """Refuse to teach another lesson of the course.

    Refuses: lesson_already_cancelled, lesson_already_finished, lesson_over, courseware_unchanged.
    """
    _check_live(lesson)
    if lesson.state == "finished":
        raise LessonAlreadyFinished(lesson.seat_id)
    if now > lesson.ends_at + timedelta(days=UNDO_DAYS):
        raise LessonOver(lesson.seat_id)
    if lesson.course_number == number:
        raise CoursewareUnchanged(lesson.seat_id)


def check_new_teacher(
    lesson: LockedLesson,
    teacher_id: int,
    slots: Mapping[tuple[int, datetime], TaughtSlot],
    now: datetime,
) -> None:
    """Refuse another teacher, before the lesson or while it lasts.

    Refuses: lesson_already_cancelled, lesson_already_finished, lesson_over, teacher_unchanged,
    slot_not_open, slot_already_taken, slot_targeted, teacher_does_not_teach.
    """
    if lesson.is_vacant:
        _check_not_over(lesson, now)
    else:
        check_lives_on(lesson, now)
    if lesson.teacher_id == teacher_id:
        raise TeacherUnchanged(lesson.seat_id)
    for cell in lesson.times:
        check_slot(lesson, teacher_id, cell, slots.get((teacher_id, cell)), now)


def check_lives_on(lesson: LockedLesson, now: datetime) -> None:
    """Refuse what is cancelled, finished or over.

    Refuses: lesson_already_cancelled, lesson_already_finished, lesson_over.
    """
    _check_live(lesson)
    if lesson.state == "finished":
        raise LessonAlreadyFinished(lesson.seat_id)
    _check_not_over(lesson, now)


def _check_not_over(lesson: LockedLesson, now: datetime) -> None:
    if lesson.ends_at <= now:
        raise LessonOver(lesson.seat_id)


def _check_live(lesson: LockedLesson) -> None:
    if lesson.seat_state != "live" or lesson.state == "cancelled":
        raise LessonAlreadyCancelled(lesson.seat_id)


def check_slot(
    lesson: LockedLesson, teacher_id: int, cell: datetime, found: TaughtSlot | None, now: datetime
) -> None:
    """Refuse a half-hour of a teacher that is not free for the lesson, or who may not teach it.

    Refuses: slot_not_open, slot_already_taken, slot_targeted, teacher_does_not_teach.
    """
    # No learner has the number 0: time kept for the one who left is not for whoever comes.
    learner_id = 0 if lesson.is_vacant else lesson.learner_id
    product_id = lesson.product_id
    slot = free_slot(found, teacher_id, cell, learner_id=learner_id, product_id=product_id, now=now)
    if lesson.level is not None:
        check_skill(slot.skills, teacher_id, lesson.product, lesson.level)
