"""Book for a learner (LP-2): the lesson, the day, then a time or a teacher."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from yueke.booking import queries as booking_queries
from yueke.curriculum import queries as curriculum_queries
from yueke.curriculum.models import LearningProgress
from yueke.curriculum.refusals import CourseNotOpen
from yueke.inventory.queries import FreeTeacher
from yueke.kernel.grid import HALF_HOUR
from yueke.people.models import Learner, Teacher
from yueke.people.refusals import ChannelMayNot
from yueke.portals import ids, moments
from yueke.portals.access import staff_page
from yueke.portals.days import read_day
from yueke.portals.lesson_search import lesson_search
from yueke.portals.product_names import product_name
from yueke.portals.staff import force
from yueke.portals.staff.desk import Desk, sit_down
from yueke.portals.staff.learner import find
from yueke.portals.staff.paging import address
from yueke.portals.stamps import read_stamp, show_stamp

COUNT_UP_TO = 99
TEACHERS = 20
TIMES = 6


@dataclass(frozen=True, slots=True)
class Choice:
    """What has been chosen so far."""

    learner: Learner
    learner_id: str
    course: LearningProgress
    day: date
    at: datetime | None
    name: str
    is_forced: bool

    def address(self, **other: str) -> str:
        """Return the address of this choice with other values in it."""
        values = {
            "product": self.course.product.code,
            "day": f"{self.day:%Y-%m-%d}",
            "at": show_stamp(self.at) if self.at else "",
            "q": self.name,
        }
        return address(**{**values, **other})


@staff_page
@require_safe
def book(request: HttpRequest, learner: str) -> HttpResponse:
    """Show days, times and teachers for a learner."""
    desk = sit_down(request=request, see="learners")
    person = find(desk=desk, learner=learner)
    progress = list(curriculum_queries.progress_of(learner_ids=[person.pk]))
    courses = courses_to_book(desk=desk, progress=progress)
    choice = _choice(request, desk, person, courses)
    context: dict[str, object] = {"desk": desk, "learner": person, "id": learner}
    if choice is None:
        return render(request, "portals/staff/book.html", context)
    zone = ZoneInfo(desk.zone)
    begin = datetime.combine(choice.day, time(), zone).astimezone(UTC)
    end = datetime.combine(choice.day + timedelta(days=1), time(), zone).astimezone(UTC)
    product = choice.course.product
    search = lesson_search(learner_id=person.pk, product=product, begin=begin, end=end)
    actor, now = desk.caller.actor, desk.caller.now
    counts = booking_queries.find_half_hours(
        actor=actor, now=now, search=search, count_up_to=COUNT_UP_TO
    )
    if choice.at:
        search = lesson_search(
            learner_id=person.pk, product=product, begin=choice.at, end=choice.at + HALF_HOUR
        )
    found: list[FreeTeacher] = []
    if choice.at or choice.name:
        found = booking_queries.find_teachers(
            actor=actor, now=now, search=search, size=TEACHERS, name=choice.name
        )
    context |= {
        "choice": choice,
        "products": _products(courses, choice),
        "days": _days(desk, choice),
        "times": _times(counts, choice, zone),
        "may_several": desk.allowed.may("book", product.code),
        "teachers": [_teacher(teacher, choice) for teacher in found],
        "earlier": choice.address(day=f"{choice.day - timedelta(days=7):%Y-%m-%d}", at=""),
        **_forced(desk, choice, begin, end),
        "later": choice.address(day=f"{choice.day + timedelta(days=7):%Y-%m-%d}", at=""),
    }
    return render(request, "portals/staff/book.html", context)


def courses_to_book(*, desk: Desk, progress: list[LearningProgress]) -> list[LearningProgress]:
    """Return the courses of which the channel books lessons; refuses a channel that books none."""
    if not desk.allowed.books:
        raise ChannelMayNot(desk.allowed.channel, "book", "major")
    return desk.allowed.courses(progress)


def chosen_course(*, courses: list[LearningProgress], code: str) -> LearningProgress:
    """Return the course of the product named, or refuse (course_not_open)."""
    for course in courses:
        if course.product.code == code:
            return course
    raise CourseNotOpen(code)


def _choice(
    request: HttpRequest, desk: Desk, person: Learner, courses: list[LearningProgress]
) -> Choice | None:
    if not courses:
        return None
    code = request.GET.get("product", courses[0].product.code)
    today = desk.caller.now.astimezone(ZoneInfo(desk.zone)).date()
    day = max(today, read_day(request.GET.get("day", "")) or today)
    return Choice(
        learner=person,
        learner_id=ids.LEARNER.show(person.pk),
        course=chosen_course(courses=courses, code=code),
        day=day,
        at=read_stamp(request.GET.get("at", "")),
        name=request.GET.get("q", "").strip(),
        is_forced=desk.allowed.forces_product(code),
    )


def _products(courses: list[LearningProgress], choice: Choice) -> list[dict[str, object]]:
    return [
        {
            "label": product_name(thing=course.product),
            "url": choice.address(product=course.product.code, at=""),
            "current": course.product.code == choice.course.product.code,
        }
        for course in courses
    ]


def _days(desk: Desk, choice: Choice) -> list[dict[str, object]]:
    today = desk.caller.now.astimezone(ZoneInfo(desk.zone)).date()
    monday = choice.day - timedelta(days=choice.day.weekday())
    days = [monday + timedelta(days=index) for index in range(7)]
    return [
        {
            "name": moments.WEEKDAYS_SHORT[day.weekday()],
            "number": day.day,
            "label": moments.day_words(day=day, this_year=desk.caller.now.year),
            "url": choice.address(day=f"{day:%Y-%m-%d}", at=""),
            "current": day == choice.day,
            "disabled": day < today,
        }
        for day in days
    ]


def _times(
    counts: list[tuple[datetime, int]], choice: Choice, zone: ZoneInfo
) -> list[dict[str, object]]:
    return [
        {
            "label": f"{at.astimezone(zone):%H:%M}",
            "count": count,
            "url": choice.address(at=show_stamp(at)),
            "current": at == choice.at,
        }
        for at, count in counts
    ]


def _forced(desk: Desk, choice: Choice, begin: datetime, end: datetime) -> dict[str, object]:
    """Return the day's half-hours, and teachers who offered nothing then, to who may take it."""
    if not choice.is_forced:
        return {}
    to_come = force.half_hours_of_day(begin=begin, end=end, now=desk.caller.now)
    others: list[Teacher] = []
    if choice.at:
        others = force.teachers_without_slot(
            desk=desk, course=choice.course, at=choice.at, name=choice.name, size=TEACHERS
        )
    return {
        "half_hours": [
            {
                "at": show_stamp(at),
                "label": moments.clock_words(local=at.astimezone(ZoneInfo(desk.zone))),
                "current": at == choice.at,
            }
            for at in to_come
        ],
        "others": [
            {"teacher": other, "url": _confirm_url(choice, ids.TEACHER.show(other.pk), choice.at)}
            for other in others
            if choice.at
        ],
    }


def _teacher(teacher: FreeTeacher, choice: Choice) -> dict[str, object]:
    teacher_id = ids.TEACHER.show(teacher.teacher_id)
    return {
        "teacher": teacher,
        "id": teacher_id,
        "times": [
            {"at": at, "url": _confirm_url(choice, teacher_id, at)} for at in teacher.starts[:TIMES]
        ],
        "several": reverse("staff_several", args=[choice.learner_id])
        + choice.address(at="", q="", teacher=teacher_id),
    }


def _confirm_url(choice: Choice, teacher: str, at: datetime) -> str:
    return reverse("staff_confirm", args=[choice.learner_id]) + address(
        product=choice.course.product.code,
        teacher=teacher,
        at=show_stamp(at),
        force="1" if choice.is_forced else "",
    )
