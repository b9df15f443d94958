"""Everything that happened to a learner, newest first; searched by day, taken away."""

from zoneinfo import ZoneInfo

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from yueke.notices import queries as notices_queries
from yueke.portals import timeline
from yueke.portals.access import staff_page
from yueke.portals.exports import export
from yueke.portals.staff.desk import Desk, sit_down
from yueke.portals.staff.learner import find
from yueke.portals.staff.lessons import day_range
from yueke.portals.staff.paging import EXPORT_MAX, PAGE, address, before_row, mark


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
        found = timeline.entries(
            market_id=desk.market_id,
            events=list(events[:EXPORT_MAX]),
            words=desk.allowed.event_words,
        )
        return audit_file(request=request, desk=desk, entries=found)
    events = before_row(rows=events, before=request.GET.get("before", ""), number="id")
    page = list(events[: PAGE + 1])
    last = page[PAGE - 1] if len(page) > PAGE else None
    more = mark(at=last.at, number=last.pk) if last else ""
    context = {
        "desk": desk,
        "learner": person,
        "id": learner,
        "day": day,
        "entries": timeline.entries(
            market_id=desk.market_id, events=page[:PAGE], words=desk.allowed.event_words
        ),
        "more_url": address(day=day, before=more) if more else "",
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
        gettext("Who"),
        gettext("Channel"),
        gettext("Why"),
    ]
    rows = (
        [
            f"{entry.at.astimezone(zone):%Y-%m-%d %H:%M:%S}",
            entry.text,
            entry.actor,
            entry.channel,
            entry.detail,
        ]
        for entry in entries
    )
    return export(request=request, name="audit", head=head, rows=rows)
