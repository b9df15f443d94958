"""How lessons and seats are refused."""

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from yueke.kernel.refusal import Kind, Refusal


@dataclass
class LearnerBusy(Refusal):
    """The learner has a lesson at that time (I-2)."""

    code: ClassVar[str] = "learner_busy"
    kind: ClassVar[Kind] = Kind.CONFLICT
    learner_id: int
    starts_at: datetime


@dataclass
class TrialLimitReached(Refusal):
    """The learner has as many trials as the policy allows; cancelled ones don't count."""

    code: ClassVar[str] = "trial_limit_reached"
    kind: ClassVar[Kind] = Kind.CONFLICT
    learner_id: int
    limit: int


@dataclass
class DualPairInvalid(Refusal):
    """The two teachers are not a Chinese and a foreign one; `teacher_id` is the wrong one."""

    code: ClassVar[str] = "dual_pair_invalid"
    kind: ClassVar[Kind] = Kind.INVALID
    teacher_id: int


@dataclass
class ListRefused(Refusal):
    """Another command of the all-or-none list was refused, so this one was not carried out."""

    code: ClassVar[str] = "list_refused"
    kind: ClassVar[Kind] = Kind.CONFLICT


@dataclass
class NobodyFreeNow(Refusal):
    """No teacher of it is free in the running half-hour or the next, or it is too late for them."""

    code: ClassVar[str] = "nobody_free_now"
    kind: ClassVar[Kind] = Kind.CONFLICT
    product: str


@dataclass
class LessonNotFound(Refusal):
    """No such lesson within the caller's reach."""

    code: ClassVar[str] = "lesson_not_found"
    kind: ClassVar[Kind] = Kind.MISSING
    seat_id: int | str


@dataclass
class LessonAlreadyCancelled(Refusal):
    """The seat was left before."""

    code: ClassVar[str] = "lesson_already_cancelled"
    kind: ClassVar[Kind] = Kind.CONFLICT
    seat_id: int


@dataclass
class LessonAlreadyStarted(Refusal):
    """The lesson has begun; it can no longer be cancelled."""

    code: ClassVar[str] = "lesson_already_started"
    kind: ClassVar[Kind] = Kind.CONFLICT
    seat_id: int


@dataclass
class LessonNotStarted(Refusal):
    """The lesson has not begun, so it cannot be finished."""

    code: ClassVar[str] = "lesson_not_started"
    kind: ClassVar[Kind] = Kind.CONFLICT
    seat_id: int


@dataclass
class LessonAlreadyFinished(Refusal):
    """The lesson was finished before."""

    code: ClassVar[str] = "lesson_already_finished"
    kind: ClassVar[Kind] = Kind.CONFLICT
    seat_id: int


@dataclass
class LessonNotFinished(Refusal):
    """The lesson is not finished, so there is nothing to undo."""

    code: ClassVar[str] = "lesson_not_finished"
    kind: ClassVar[Kind] = Kind.CONFLICT
    seat_id: int


@dataclass
class LessonOver(Refusal):
    """The lesson ended too long ago to be changed."""

    code: ClassVar[str] = "lesson_over"
    kind: ClassVar[Kind] = Kind.CONFLICT
    seat_id: int


@dataclass
class AbsenceNotMarked(Refusal):
    """Nobody lost the seat by not having come."""

    code: ClassVar[str] = "absence_not_marked"
    kind: ClassVar[Kind] = Kind.CONFLICT
    seat_id: int


@dataclass
class LearnerAlreadyAbsent(Refusal):
    """It was noted before that the learner did not come."""

    code: ClassVar[str] = "learner_already_absent"
    kind: ClassVar[Kind] = Kind.CONFLICT
    seat_id: int


@dataclass
class CourseDiffers(Refusal):
    """Others are in the lesson, and the learner stands in another course than they."""

    code: ClassVar[str] = "course_differs"
    kind: ClassVar[Kind] = Kind.CONFLICT
    learner_id: int


@dataclass
class LessonHasNoTeacher(Refusal):
    """Nobody has been found yet who teaches the lesson."""

    code: ClassVar[str] = "lesson_has_no_teacher"
    kind: ClassVar[Kind] = Kind.CONFLICT
    seat_id: int


@dataclass
class LessonsDiffer(Refusal):
    """The lessons are of two products, or others are in one of them."""

    code: ClassVar[str] = "lessons_differ"
    kind: ClassVar[Kind] = Kind.CONFLICT
    seat_id: int


@dataclass
class NothingToExchange(Refusal):
    """Both are one lesson, or have one learner or one teacher already."""

    code: ClassVar[str] = "nothing_to_exchange"
    kind: ClassVar[Kind] = Kind.CONFLICT
    seat_id: int


@dataclass
class CoursewareUnchanged(Refusal):
    """The lesson teaches this lesson of its course already."""

    code: ClassVar[str] = "courseware_unchanged"
    kind: ClassVar[Kind] = Kind.CONFLICT
    seat_id: int


@dataclass
class TeacherUnchanged(Refusal):
    """The lesson has this teacher already."""

    code: ClassVar[str] = "teacher_unchanged"
    kind: ClassVar[Kind] = Kind.CONFLICT
    seat_id: int


@dataclass
class BulkEmpty(Refusal):
    """No lesson was ticked."""

    code: ClassVar[str] = "bulk_empty"
    kind: ClassVar[Kind] = Kind.INVALID


@dataclass
class BulkTooLong(Refusal):
    """More lessons were ticked than are done at once."""

    code: ClassVar[str] = "bulk_too_long"
    kind: ClassVar[Kind] = Kind.TOO_LARGE
    most: int


@dataclass
class DeedBroken(Refusal):
    """Something broke here each time a lesson of a bulk was tried; nothing was done to it."""

    code: ClassVar[str] = "deed_broken"
    kind: ClassVar[Kind] = Kind.BROKEN


@dataclass
class BulkNotFound(Refusal):
    """No bulk of this market and channel has this id."""

    code: ClassVar[str] = "bulk_not_found"
    kind: ClassVar[Kind] = Kind.MISSING
