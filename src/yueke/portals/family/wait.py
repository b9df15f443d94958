"""The door of the classroom: how the child waits for a teacher, shown live."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from yueke.booking import queries as booking_queries
from yueke.people import queries as people
from yueke.portals import ids
from yueke.portals.access import family_page
from yueke.portals.caller import who_calls
from yueke.portals.family.shown import show_lesson
from yueke.supply.matching import queries
from yueke.supply.matching.sealed import seal


@family_page
@require_safe
def wait_page(request: HttpRequest, seat: str) -> HttpResponse:
    """Show how it stands, and keep it up to date while the page is open (SD-8)."""
    caller = who_calls(request=request)
    number = ids.read_seat(seat)
    row = booking_queries.get_lesson(actor=caller.actor, seat_id=number)
    standing = queries.standings(seat_ids=[number]).get(number)
    state = standing.state if standing else ("matched" if row.teacher_id else "outside")
    teacher = row.teacher_name or ""
    if standing and standing.teacher_id:
        teacher = people.names_of_teachers(ids=[standing.teacher_id])[standing.teacher_id]
    context = {
        "caller": caller,
        "lesson": show_lesson(row=row, now=caller.now),
        "state": state,
        "teacher": teacher,
        "stream": f"/waits/{seal(seat_id=number)}",
    }
    return render(request, "portals/family/wait.html", context)
