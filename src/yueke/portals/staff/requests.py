"""Lesson requests of the market: what waits, and how the others ended (LP-6)."""

from typing import Any
from zoneinfo import ZoneInfo

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from yueke.people import channels
from yueke.people import queries as people
from yueke.portals import ids
from yueke.portals.access import staff_page
from yueke.portals.exports import export
from yueke.portals.staff.desk import Desk, sit_down
from yueke.portals.staff.paging import EXPORT_MAX, PAGE, address
from yueke.portals.staff.supply_words import REQUESTS, choices
from yueke.supply.requests import queries
from yueke.supply.requests.models import LessonRequest


@staff_page
@require_safe
def requests(request: HttpRequest) -> HttpResponse:
    """List requests, the last first, perhaps in one state, of a learner's name."""
    desk = sit_down(request=request, see="requests")
    state, text = request.GET.get("state", ""), request.GET.get("q", "").strip()
    state = state if state in REQUESTS else ""
    before = ids.REQUEST.read(request.GET.get("after", ""))
    found = queries.list_requests(actor=desk.caller.actor, state=state or None, before_id=before)
    if text:
        named = people.find_learners(actor=desk.caller.actor, text=text)
        found = found.filter(learner_id__in=named.order_by().values("id"))
    if "format" in request.GET:
        return _file(request, desk, _shown(list(found[:EXPORT_MAX])))
    page = list(found[: PAGE + 1])
    last = ids.REQUEST.show(page[PAGE - 1].pk) if len(page) > PAGE else ""
    context = {
        "desk": desk,
        "text": text,
        "rows": _shown(page[:PAGE]),
        "choices": choices(REQUESTS, state, q=text),
        "may_take_back": channels.may(desk.allowed.channel, "take-back", "request"),
        "more_url": address(q=text, state=state, after=last) if last else "",
        "export_url": address(q=text, state=state, format="csv"),
        "xlsx_url": address(q=text, state=state, format="xlsx"),
        "state": "" if page else "empty",
    }
    return render(request, "portals/staff/requests.html", context)


def _shown(rows: list[LessonRequest]) -> list[dict[str, Any]]:
    learners = people.names_of_learners(ids={row.learner_id for row in rows})
    teachers = people.names_of_teachers(ids={row.teacher_id for row in rows})
    return [
        {
            "row": row,
            "id": ids.REQUEST.show(row.pk),
            "learner": learners[row.learner_id],
            "learner_id": ids.LEARNER.show(row.learner_id),
            "teacher": teachers[row.teacher_id],
            "word": REQUESTS[row.state][0],
            "chip": REQUESTS[row.state][1],
        }
        for row in rows
    ]


def _file(request: HttpRequest, desk: Desk, rows: list[dict[str, Any]]) -> HttpResponse:
    zone = ZoneInfo(desk.zone)
    head = [
        gettext("Learner"),
        gettext("Teacher"),
        gettext("Begins (%(zone)s)") % {"zone": desk.zone},
        gettext("State"),
        gettext("Why"),
        gettext("Answer"),
    ]
    lines = (
        [
            one["learner"],
            one["teacher"],
            f"{one['row'].starts_at.astimezone(zone):%Y-%m-%d %H:%M}",
            str(one["word"]),
            one["row"].reason,
            one["row"].answer,
        ]
        for one in rows
    )
    return export(request=request, name="requests", head=head, rows=lines)
