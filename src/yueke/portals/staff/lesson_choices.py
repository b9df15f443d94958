"""What is chosen before a deed with a lesson: who takes it over, or which lesson is taught."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from yueke.booking import queries as booking_queries
from yueke.booking.models import Lesson
from yueke.booking.queries import LessonRow
from yueke.curriculum.models import CourseLesson
from yueke.curriculum.refusals import CoursewareUnknown
from yueke.portals import ids
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
    """What was chosen: its number, none for the learner's next lesson, and its name."""

    number: int | None
    name: str


@dataclass(frozen=True, slots=True)
class Chooser:
    """A kind of choice: which there are of a name, what a value means, what a lesson has now."""

    label: Promise
    none: Promise
    none_text: Promise
    choices: Callable[[Desk, LessonRow, str], list[Choice]]
    read: Callable[[Desk, str], Chosen]
    value_of: Callable[[LessonRow], str]


def _teachers(desk: Desk, row: LessonRow, name: str) -> list[Choice]:
    found = booking_queries.find_stand_ins(
        actor=desk.caller.actor, now=desk.caller.now, row=row, name=name, size=SHOWN
    )
    return [Choice(ids.TEACHER.show(free.teacher_id), free.name, free.rating) for free in found]


def _read_teacher(desk: Desk, value: str) -> Chosen:
    found = teacher_page.find(desk=desk, teacher=value)
    return Chosen(found.pk, found.name)


def _teacher_of(row: LessonRow) -> str:
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


def _lesson_of(row: LessonRow) -> str:
    return NEXT if row.course_number is None else str(row.course_number)


def _number_words(number: int) -> str:
    return gettext("Lesson %(number)s") % {"number": number}


TEACHER: Final = Chooser(
    _("Teacher's name"),
    _("No other teacher has this time open"),
    _("Look for another name, or offer a teacher's time first."),
    _teachers, _read_teacher, _teacher_of,
)  # fmt: skip
COURSEWARE: Final = Chooser(
    _("Title of a lesson"),
    _("No lesson of this title"),
    _("Try fewer letters."),
    _lessons, _read_lesson, _lesson_of,
)  # fmt: skip
