"""One half-hour of the board: the rows behind its numbers."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from yueke.booking.queries import Which, list_lessons
from yueke.inventory.models import Slot
from yueke.kernel.grid import HALF_HOUR
from yueke.people import queries as people
from yueke.people.models import Teacher
from yueke.portals import ids
from yueke.portals.access import staff_page
from yueke.portals.staff.desk import sit_down
from yueke.portals.staff.lesson_rows import show
from yueke.portals.staff.sights import LONGEST
from yueke.portals.stamps import read_stamp
from yueke.supply.requests.models import LessonRequest

SHOWN = 100


@staff_page
@require_safe
def supply_cell(request: HttpRequest, stamp: str) -> HttpResponse:
    """Show who is open or held at a half-hour, its lessons, and the requests that wait."""
    desk = sit_down(request=request, see="supply")
    at = read_stamp(stamp)
    if at is None:
        raise Http404
    slots = Slot.objects.filter(market_id=desk.market_id, starts_at=at)
    free = list(slots.exclude(state=Slot.State.BOOKED).order_by("state", "-rating")[:SHOWN])
    teachers = Teacher.objects.in_bulk([slot.teacher_id for slot in free])
    which = Which(begin=at - LONGEST, end=at + HALF_HOUR, ends_after=at, state="live")
    lessons = list_lessons(actor=desk.caller.actor, which=which, size=SHOWN)
    waiting = LessonRequest.objects.filter(
        market_id=desk.market_id, starts_at=at, state=LessonRequest.State.WAITING
    )
    asked = list(waiting[:SHOWN])
    learners = people.names_of_learners(ids={one.learner_id for one in asked})
    context = {
        "desk": desk,
        "at": at,
        "free": [
            {
                "teacher": teachers[slot.teacher_id],
                "id": ids.TEACHER.show(slot.teacher_id),
                "state": slot.state,
            }
            for slot in free
        ],
        "lessons": [show(row=row, now=desk.caller.now) for row in lessons],
        "requests": [{"row": one, "learner": learners[one.learner_id]} for one in asked],
    }
    return render(request, "portals/staff/supply_cell.html", context)
