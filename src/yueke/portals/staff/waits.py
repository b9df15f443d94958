"""Who stands at the door of the classroom without a teacher, the longest first (SD-8)."""

from typing import Any
from zoneinfo import ZoneInfo

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from yueke.people import queries as people
from yueke.portals import ids
from yueke.portals.access import staff_page
from yueke.portals.exports import export
from yueke.portals.staff.desk import Desk, sit_down
from yueke.portals.staff.paging import EXPORT_MAX, PAGE, address
from yueke.portals.staff.supply_words import WAITS, choices
from yueke.supply.matching import queries
from yueke.supply.matching.models import Wait


@staff_page
@require_safe
def waits(request: HttpRequest) -> HttpResponse:
    """List those who entered: who waits now first, then the last seats."""
    desk = sit_down(request=request, see="waits")
    state = request.GET.get("state", "")
    state = state if state in WAITS else ""
    before = ids.SEAT.read(request.GET.get("after", ""))
    found = queries.list_waits(actor=desk.caller.actor, state=state or None, before_id=before)
    if state == Wait.State.WAITING:
        found = found.order_by("entered_at")
    if "format" in request.GET:
        return _file(request, desk, _shown(queries.as_they_stand(found[:EXPORT_MAX])))
    page = queries.as_they_stand(found[: PAGE + 1])
    more = len(page) > PAGE and state != Wait.State.WAITING
    last = ids.SEAT.show(page[PAGE - 1].seat_id) if more else ""
    context = {
        "desk": desk,
        "rows": _shown(page[:PAGE]),
        "choices": choices(WAITS, state),
        "more_url": address(state=state, after=last) if last else "",
        "export_url": address(state=state, format="csv"),
        "xlsx_url": address(state=state, format="xlsx"),
        "state": "" if page else "empty",
    }
    return render(request, "portals/staff/waits.html", context)


def _shown(rows: list[Wait]) -> list[dict[str, Any]]:
    learners = people.names_of_learners(ids={row.learner_id for row in rows})
    teachers = people.names_of_teachers(ids={row.teacher_id for row in rows if row.teacher_id})
    return [
        {
            "row": row,
            "id": ids.SEAT.show(row.seat_id),
            "learner": learners[row.learner_id],
            "teacher": teachers.get(row.teacher_id or 0, ""),
            "word": WAITS[row.state][0],
            "chip": WAITS[row.state][1],
        }
        for row in rows
    ]


def _file(request: HttpRequest, desk: Desk, rows: list[dict[str, Any]]) -> HttpResponse:
    zone = ZoneInfo(desk.zone)
    head = [
        gettext("Learner"),
        gettext("Begins (%(zone)s)") % {"zone": desk.zone},
        gettext("Entered"),
        gettext("State"),
        gettext("Teacher"),
    ]
    lines = (
        [
            one["learner"],
            f"{one['row'].starts_at.astimezone(zone):%Y-%m-%d %H:%M}",
            f"{one['row'].entered_at.astimezone(zone):%Y-%m-%d %H:%M:%S}",
            str(one["word"]),
            one["teacher"],
        ]
        for one in rows
    )
    return export(request=request, name="waits", head=head, rows=lines)
