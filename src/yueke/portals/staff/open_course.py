"""Open a course for a learner: where they would stand is shown before (LP-5, TM-7, CC-8, CU-2)."""

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from yueke.curriculum import commands as curriculum
from yueke.curriculum import queries as curriculum_queries
from yueke.curriculum.commands import CourseOpened
from yueke.curriculum.models import Course
from yueke.notices.once import Request
from yueke.people.models import Learner
from yueke.people.refusals import ChannelMayNot
from yueke.portals import asked
from yueke.portals.access import staff_page
from yueke.portals.product_names import product_name
from yueke.portals.staff.desk import Desk, sit_down
from yueke.portals.staff.learner import find
from yueke.portals.staff.onward import changed
from yueke.portals.staff.reason import ReasonForm


class CourseForm(ReasonForm):
    """One of the courses that the learner has not opened, and why."""

    course = forms.ChoiceField(label=_("Course"))
    field_order = ("course", "reason")

    def __init__(self, data: Any, *, courses: list[Course]) -> None:
        super().__init__(data, is_asked=False)
        field = self.fields["course"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [(_value(course), course_words(course)) for course in courses]


@staff_page
@require_http_methods(["GET", "HEAD", "POST"])
def open_course(request: HttpRequest, learner: str) -> HttpResponse:
    """Show the sheet, with what the choice so far would do; a POST opens."""
    desk = sit_down(request=request, see="learners")
    if not desk.allowed.opens_courses:
        raise ChannelMayNot(desk.allowed.channel, "open", "course")
    code = request.POST.get("course", "").partition(":")[0]
    if code and not desk.allowed.opens_product(code):
        raise ChannelMayNot(desk.allowed.channel, "open", code[:64])
    person = find(desk=desk, learner=learner)
    progress = curriculum_queries.progress_of(learner_ids=[person.pk])
    is_post = request.method == "POST"
    # Asked again, it is answered as before.
    open_already = set() if is_post else {row.product_id for row in progress}
    courses = [
        course
        for course in curriculum_queries.list_courses(market_id=desk.market_id)
        if course.product_id not in open_already and desk.allowed.opens_product(course.product.code)
    ]
    fields = request.POST if is_post else request.GET
    form = CourseForm(request.POST if is_post else None, courses=courses)
    by_value = {_value(course): course for course in courses}
    if is_post and form.is_valid():
        change = asked.asked(request=request, caller=desk.caller)
        given = form.cleaned_data
        opened = _open(change, person, by_value[given["course"]], given["reason"])
        return _told(request, learner, person, opened)
    chosen = by_value.get(fields.get("course", "")) or next(iter(courses), None)
    context = {
        "desk": desk,
        "learner": person,
        "id": learner,
        "form": form,
        "chosen": chosen,
        "effect": _effect(desk, person, chosen) if chosen else "",
    }
    name = "course_effect" if "effect" in request.GET else "open_course"
    status = 422 if form.errors else 200
    return render(request, f"portals/staff/{name}.html", context, status=status)


def course_words(course: Course) -> str:
    """Return "Major course, level 3"."""
    level = gettext("level %(level)s") % {"level": course.level}
    return f"{product_name(thing=course.product)}, {level}"


def _value(course: Course) -> str:
    return f"{course.product.code}:{course.level}"


def _open(change: Request, person: Learner, course: Course, reason: str = "") -> CourseOpened:
    answer = curriculum.open_course_of(
        change,
        learner_id=person.pk,
        product=course.product.code,
        level=course.level,
        reason=reason,
    )
    result = answer.only()
    return result


def _effect(desk: Desk, person: Learner, course: Course) -> str:
    """Return what opening it would do, in words."""
    rehearsal = Request(desk.caller.actor, asked.new_key(), b"", desk.caller.now, dry_run=True)
    opened = _open(rehearsal, person, course)
    words = {"name": person.name, "course": product_name(thing=course.product)}
    if opened.is_new:
        words["level"] = str(opened.level)
        text = gettext("%(name)s begins %(course)s with the first lesson of level %(level)s.")
        return text % words
    return gettext("Nothing changes: %(course)s is open for %(name)s.") % words


def _told(
    request: HttpRequest, learner: str, person: Learner, opened: CourseOpened
) -> HttpResponse:
    text = (
        gettext("The course is open for %(name)s.")
        if opened.is_new
        else gettext("The course was open for %(name)s already.")
    )
    url = reverse("staff_learner", args=[learner])
    return changed(request=request, text=text % {"name": person.name}, url=url)
