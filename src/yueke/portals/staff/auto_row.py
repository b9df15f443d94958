"""One row of a weekly run: why it is so, who has the times, and what may be booked instead."""

from datetime import datetime
from typing import Any

import msgspec
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods

from yueke.kernel.http_status import STATUS
from yueke.kernel.refusal import Refusal
from yueke.people import channels
from yueke.people import queries as people
from yueke.portals import ids
from yueke.portals.access import staff_page
from yueke.portals.asked import asked
from yueke.portals.auto_words import times_of
from yueke.portals.staff.auto_run import PLACE_MAX, find_run, shown_rows
from yueke.portals.staff.desk import Desk, sit_down
from yueke.portals.staff.onward import changed
from yueke.portals.stamps import read_stamp, show_stamp
from yueke.supply.autobooking import instead
from yueke.supply.runs import commands, queries
from yueke.supply.runs.commands import Chosen
from yueke.supply.runs.models import WeeklyRow, WeeklyRun
from yueke.supply.runs.refusals import RunRowNotFound


@staff_page
@require_http_methods(["GET", "HEAD", "POST"])
def auto_row(request: HttpRequest, run: str, place: int) -> HttpResponse:
    """Show the sheet; a POST books one of the alternatives, for whoever may book."""
    desk = sit_down(request=request, see="auto-runs")
    found = find_run(desk=desk, run=run)
    if place > PLACE_MAX:
        raise RunRowNotFound(str(place)[:64])
    row = queries.get_row(run=found, place=place)
    refusal = None
    if request.method == "POST":
        channels.require(desk.caller.actor, "book", row.product)
        refusal = _book(request, desk, found, place)
        if refusal is None:
            text = gettext("Booked instead of what the run missed.")
            return changed(request=request, text=text, url=reverse("staff_auto_run", args=[run]))
    [shown] = shown_rows(desk=desk, rows=[row])
    context = {
        "desk": desk,
        "one": shown,
        "times": times_of(why=msgspec.json.decode(row.why), zone=desk.zone),
        "refusal": refusal,
        "url": request.path,
        "may_book": channels.may(desk.caller.actor.channel, "book", row.product),
        **_choices(desk, found, row),
    }
    status = STATUS[refusal.kind] if refusal else 200
    return render(request, "portals/staff/auto_row.html", context, status=status)


def _choices(desk: Desk, run: WeeklyRun, row: WeeklyRow) -> dict[str, Any]:
    """Return the nearest free times, and who is taught at the acceptable ones."""
    choices, taken = instead.explained(
        actor=desk.caller.actor, now=desk.caller.now, run=run, row=row
    )
    teachers = people.names_of_teachers(ids={teacher for _, teacher in choices})
    learners = people.names_of_learners(ids={one for _, some in taken for one in some})
    return {
        "alternatives": [
            {
                "at": start,
                "stamp": show_stamp(start),
                "teacher": ids.TEACHER.show(teacher),
                "name": teachers[teacher],
            }
            for start, teacher in choices
        ],
        "taken": [(start, [learners[one] for one in some]) for start, some in taken],
    }


def _book(request: HttpRequest, desk: Desk, run: WeeklyRun, place: int) -> Refusal | None:
    start: datetime | None = read_stamp(request.POST.get("at", ""))
    if start is None:
        raise RunRowNotFound(place)
    chosen = Chosen(
        run_id=run.pk,
        place=place,
        teacher_id=ids.read_teacher(request.POST.get("teacher", "")),
        starts_at=start,
    )
    change = asked(request=request, caller=desk.caller)
    [result] = commands.book_missed(change, kind=run.kind, chosen=chosen).results
    return result if isinstance(result, Refusal) else None
