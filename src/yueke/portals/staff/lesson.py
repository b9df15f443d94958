"""One lesson: who, when, what was paid, and everything that happened to it."""

from datetime import timedelta

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from yueke.booking import queries as booking_queries
from yueke.notices import queries as notices_queries
from yueke.people import channels
from yueke.portals import ids
from yueke.portals.access import staff_page
from yueke.portals.staff import timeline
from yueke.portals.staff.desk import sit_down
from yueke.portals.staff.lesson_deeds import deeds_for
from yueke.portals.staff.lesson_rows import show


@staff_page
@require_safe
def lesson(request: HttpRequest, seat: str) -> HttpResponse:
    """Show the drawer of a lesson; as a page of its own without htmx."""
    desk = sit_down(request=request, see="lessons")
    row = booking_queries.get_lesson(actor=desk.caller.actor, seat_id=ids.read_seat(seat))
    shown = show(row=row, now=desk.caller.now)
    context: dict[str, object] = {"desk": desk, "lesson": shown, "row": row, "id": seat}
    context["deeds"] = deeds_for(actor=desk.caller.actor, row=row, now=desk.caller.now)
    context["may_rematch"] = (
        row.state == "live"
        and channels.may(desk.allowed.channel, "rematch", row.product)
        and row.starts_at + timedelta(minutes=row.minutes) > desk.caller.now
    )
    if desk.allowed.sees_audit:
        events = notices_queries.events_of_lesson(market_id=desk.market_id, lesson_id=row.lesson_id)
        context |= timeline.log(desk=desk, events=events, request=request)
    return render(request, "portals/staff/lesson.html", context)
