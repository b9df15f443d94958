"""One teacher: what they teach, lessons to come, and the way to their week."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from yueke.booking.queries import Which
from yueke.people import queries as people_queries
from yueke.people.models import Teacher
from yueke.portals import ids
from yueke.portals.access import staff_page
from yueke.portals.lesson_lists import list_to_come
from yueke.portals.product_names import product_names
from yueke.portals.skills import skill_words
from yueke.portals.staff.desk import Desk, sit_down
from yueke.portals.staff.lesson_rows import show
from yueke.portals.tag_names import tag_name

LESSONS = 8


@staff_page
@require_safe
def teacher(request: HttpRequest, teacher: str) -> HttpResponse:
    """Show the drawer of a teacher; as a page of its own without htmx."""
    desk = sit_down(request=request, see="teachers")
    person = find(desk=desk, teacher=teacher)
    names = product_names(market_id=desk.market_id)
    context: dict[str, object] = {
        "desk": desk,
        "teacher": person,
        "id": teacher,
        "teaches": skill_words(skills=person.skills, names=names),
        "tags": ", ".join(tag_name(tag=tag) for tag in person.tags),
    }
    if desk.allowed.sees_lessons:
        now, which = desk.caller.now, Which(teacher_id=person.pk, state="live")
        rows = list_to_come(actor=desk.caller.actor, now=now, which=which, size=LESSONS)
        context["lessons"] = [show(row=row, now=now) for row in rows]
    return render(request, "portals/staff/teacher.html", context)


def find(*, desk: Desk, teacher: str) -> Teacher:
    """Return the teacher with this id of the desk's market, or refuse (teacher_not_found)."""
    number = ids.read_teacher(teacher)
    return people_queries.get_teacher(actor=desk.caller.actor, teacher_id=number)
