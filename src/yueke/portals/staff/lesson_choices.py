"""What is chosen before a deed with a lesson: who takes it over, or which lesson is taught."""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from yueke.booking import queries as booking_queries
from yueke.booking.models import Lesson
from yueke.booking.queries import LessonRow, Which
from yueke.curriculum.models import CourseLesson
from yueke.curriculum.refusals import CoursewareUnknown
from yueke.inventory.queries import FreeTeacher
from yueke.people import queries as people_queries
from yueke.portals import ids, moments
from yueke.portals.staff import learner as learner_page
from yueke.portals.staff import teacher as teacher_page
from yueke.portals.staff.desk import Desk

SHOWN: Final = 60
NEXT: Final = "next"


@dataclass(frozen=True, slots=True)
class Choice:
    """One that can be chosen: the value that addresses carry, and how it is shown."""

    value: str
    name: str
    rating: int = 0


@dataclass(frozen=True, slots=True)
class Chosen:
    """What was chosen: its number, none for the learner's next lesson, and its name.

    The rest are learners, teachers and lessons that are touched beside the lesson's own.
    """

    number: int | None
    name: str
    learner_ids: tuple[int, ...] = ()
    teacher_ids: tuple[int, ...] = ()
    lesson_ids: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class ForEach:
    """How many lessons are chosen for at once: which choices each has, and a value's number."""

    choices: Callable[[Desk, Sequence[LessonRow]], list[list[Choice]]]
    number: Callable[[str], int]


@dataclass(frozen=True, slots=True)
class Chooser:
    """A kind of choice: which there are of a name, what a value means, and what undoes it.

    `former` gives the value that brings back what was, from the lesson and the value chosen;
    `for_each` stands where it is chosen for many lessons at once.
    """

    label: Promise
    none: Promise
    none_text: Promise
    choices: Callable[[Desk, LessonRow, str], list[Choice]]
    read: Callable[[Desk, str], Chosen]
    former: Callable[[LessonRow, str], str]
    for_each: ForEach | None = None


def _teachers(desk: Desk, row: LessonRow, name: str) -> list[Choice]:
    found = booking_queries.find_stand_ins(
        actor=desk.caller.actor, now=desk.caller.now, row=row, name=name, size=SHOWN
    )
    return _free(found)


def _teachers_of_each(desk: Desk, rows: Sequence[LessonRow]) -> list[list[Choice]]:
    # One more than can be taken by the others that share a half-hour with a lesson.
    at = Counter(cell for row in rows for cell in row.times)
    size = max(sum(at[cell] for cell in row.times) for row in rows)
    found = booking_queries.find_stand_ins_of_each(
        actor=desk.caller.actor, now=desk.caller.now, rows=rows, size=size
    )
    return [_free(one) for one in found]


def _free(found: Sequence[FreeTeacher]) -> list[Choice]:
    return [Choice(ids.TEACHER.show(free.teacher_id), free.name, free.rating) for free in found]


def _read_teacher(desk: Desk, value: str) -> Chosen:
    found = teacher_page.find(desk=desk, teacher=value)
    return Chosen(found.pk, found.name, teacher_ids=(found.pk,))


def _teacher_of(row: LessonRow, value: str) -> str:
    return ids.TEACHER.show(row.teacher_id) if row.teacher_id else ""


def _lessons(desk: Desk, row: LessonRow, name: str) -> list[Choice]:
    course = Lesson.objects.filter(market_id=desk.market_id, id=row.lesson_id).values("course_id")
    lessons = CourseLesson.objects.filter(course_id__in=course).order_by("number")
    if name:
        lessons = lessons.filter(title__icontains=name)
    first = [] if name else [Choice(NEXT, gettext("The learner's next lesson"))]
    return first + [
        Choice(str(lesson.number), f"{_number_words(lesson.number)} · {lesson.title}")
        for lesson in lessons[:SHOWN]
    ]


def _read_lesson(desk: Desk, value: str) -> Chosen:
    if value == NEXT:
        return Chosen(None, gettext("The learner's next lesson"))
    if not (value.isascii() and value.isdigit() and len(value) < 4):
        raise CoursewareUnknown(0)
    return Chosen(int(value), _number_words(int(value)))


def _lesson_of(row: LessonRow, value: str) -> str:
    return NEXT if row.course_number is None else str(row.course_number)


def _learners(desk: Desk, row: LessonRow, name: str) -> list[Choice]:
    learners = people_queries.find_learners(actor=desk.caller.actor, text=name)
    with_course = learners.filter(progress__product__code=row.product).exclude(pk=row.learner_id)
    return [
        Choice(ids.LEARNER.show(learner.pk), f"{learner.name} {learner.english_name}".strip())
        for learner in with_course[:SHOWN]
    ]


def _read_learner(desk: Desk, value: str) -> Chosen:
    found = learner_page.find(desk=desk, learner=value)
    return Chosen(found.pk, found.name, learner_ids=(found.pk,))


def _others(desk: Desk, row: LessonRow, name: str) -> list[Choice]:
    which = Which(begin=desk.caller.now, product=row.product, state="live", text=name)
    rows = booking_queries.list_lessons(actor=desk.caller.actor, which=which, size=SHOWN)
    return [
        Choice(ids.SEAT.show(other.seat_id), _lesson_words(desk, other))
        for other in rows
        if other.lesson_id != row.lesson_id and other.state == "live"
    ]


def _read_other(desk: Desk, value: str) -> Chosen:
    other = booking_queries.get_lesson(actor=desk.caller.actor, seat_id=ids.read_seat(value))
    return Chosen(
        other.seat_id,
        _lesson_words(desk, other),
        learner_ids=(other.learner_id,),
        teacher_ids=(other.teacher_id,) if other.teacher_id else (),
        lesson_ids=(other.lesson_id,),
    )


def _lesson_words(desk: Desk, row: LessonRow) -> str:
    when = moments.moment_words(
        instant=row.starts_at, zone=desk.zone, this_year=desk.caller.now.year
    )
    return " · ".join(filter(None, (when, row.learner_name, row.teacher_name)))


def _nothing(row: LessonRow, value: str) -> str:
    return ""


def _same(row: LessonRow, value: str) -> str:
    return value


def _number_words(number: int) -> str:
    return gettext("Lesson %(number)s") % {"number": number}


TEACHER: Final = Chooser(
    _("Teacher's name"),
    _("No other teacher has this time open"),
    _("Look for another name, or offer a teacher's time first."),
    _teachers, _read_teacher, _teacher_of, ForEach(_teachers_of_each, ids.read_teacher),
)  # fmt: skip
COURSEWARE: Final = Chooser(
    _("Title of a lesson"),
    _("No lesson of this title"),
    _("Try fewer letters."),
    _lessons, _read_lesson, _lesson_of,
)  # fmt: skip
LEARNER: Final = Chooser(
    _("Learner's name, pinyin or phone"),
    _("No learner of this name has the course open"),
    _("Open the course for the learner first, or look for another name."),
    _learners, _read_learner, _nothing,
)  # fmt: skip
OTHER_LESSON: Final = Chooser(
    _("Learner or teacher"),
    _("No other lesson of this kind is to come"),
    _("Look for another name."),
    _others, _read_other, _same,
)  # fmt: skip
