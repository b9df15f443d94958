"""Everything that happened to a learner, newest first; searched by day, taken away."""

from zoneinfo import ZoneInfo

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from yueke.notices import queries as notices_queries
from yueke.portals.access import staff_page
from yueke.portals.exports import export
from yueke.portals.staff import timeline
from yueke.portals.staff.desk import Desk, sit_down
from yueke.portals.staff.learner import find
from yueke.portals.staff.lessons import day_range
from yueke.portals.staff.paging import EXPORT_MAX, address


@staff_page
@require_safe
def learner_audit(request: HttpRequest, learner: str) -> HttpResponse:
    """Show a page of the log."""
    desk = sit_down(request=request, see="audit")
    person = find(desk=desk, learner=learner)
    events = notices_queries.events_of_learner(market_id=desk.market_id, learner_id=person.pk)
    day = request.GET.get("day", "")
    begin, end = day_range(text=day, zone=desk.zone)
    if begin and end:
        events = events.filter(at__gte=begin, at__lt=end)
    if "format" in request.GET:
        found = timeline.entries(desk=desk, events=list(events[:EXPORT_MAX]), of=person)
        return audit_file(request=request, desk=desk, entries=found)
    context = {
        "desk": desk,
        "learner": person,
        "id": learner,
        "day": day,
        **timeline.log(desk=desk, events=events, request=request, of=person, day=day),
        "export_url": address(day=day, format="csv"),
        "xlsx_url": address(day=day, format="xlsx"),
    }
    return render(request, "portals/staff/learner_audit.html", context)


def audit_file(*, request: HttpRequest, desk: Desk, entries: list[timeline.Entry]) -> HttpResponse:
    """Return entries of the log as a file."""
    zone = ZoneInfo(desk.zone)
    head = [
        gettext("When (%(zone)s)") % {"zone": desk.zone},
        gettext("What"),
        gettext("Whom"),
        gettext("Who"),
        gettext("Channel"),
        gettext("Why"),
    ]
    rows = (
        [
            f"{entry.at.astimezone(zone):%Y-%m-%d %H:%M:%S}",
            entry.text,
            entry.names,
            entry.actor,
            entry.channel,
            entry.detail,
        ]
        for entry in entries
    )
    return export(request=request, name="audit", head=head, rows=rows)
