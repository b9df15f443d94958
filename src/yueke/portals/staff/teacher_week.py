"""A teacher's week as staff read it: every half-hour by its state, each leading to its log."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from yueke.inventory import queries as inventory_queries
from yueke.inventory.models import Slot
from yueke.portals.access import staff_page
from yueke.portals.staff.cells import slot_cell
from yueke.portals.staff.desk import sit_down
from yueke.portals.staff.targets import names_of_targets
from yueke.portals.staff.teacher import find
from yueke.portals.staff.week_rows import WEEK, asked_monday, days_of, range_of, rows_of, week_words


@staff_page
@require_safe
def teacher_week(request: HttpRequest, teacher: str) -> HttpResponse:
    """Show the week of `?week=2026-11-23`, or this one, in the market's zone."""
    desk = sit_down(request=request, see="teachers")
    person = find(desk=desk, teacher=teacher)
    monday = asked_monday(text=request.GET.get("week", ""), desk=desk)
    begin, end = range_of(monday=monday, zone=desk.zone)
    slots = list(
        inventory_queries.slots_of_teacher(
            market_id=desk.market_id, teacher_id=person.pk, begin=begin, end=end
        )
    )
    names = names_of_targets(desk=desk, slots=slots)
    cells = {
        slot.starts_at: slot_cell(slot=slot, teacher=teacher, desk=desk, names=names)
        for slot in slots
    }
    context = {
        "desk": desk,
        "teacher": person,
        "id": teacher,
        "week": f"{monday:%Y-%m-%d}",
        "week_words": week_words(monday=monday),
        "days": days_of(monday=monday, desk=desk),
        "rows": rows_of(cells=cells, zone=desk.zone),
        "count": {state: sum(slot.state == state for slot in slots) for state in Slot.State},
        "before": f"{monday - WEEK:%Y-%m-%d}",
        "after": f"{monday + WEEK:%Y-%m-%d}",
    }
    return render(request, "portals/staff/teacher_week.html", context)
