"""One weekly run: how far it is, its rows by state or learner, each with why, and as a file."""

from collections.abc import Iterable, Sequence
from typing import Any
from zoneinfo import ZoneInfo

import msgspec
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from yueke.notices import queries as notices_queries
from yueke.people import queries as people
from yueke.portals import ids
from yueke.portals.access import staff_page
from yueke.portals.auto_words import STATES, why_words
from yueke.portals.exports import export
from yueke.portals.product_names import product_names
from yueke.portals.staff import timeline
from yueke.portals.staff.auto_runs import shown_runs
from yueke.portals.staff.desk import Desk, sit_down
from yueke.portals.staff.paging import EXPORT_MAX, PAGE, address
from yueke.supply.runs import queries
from yueke.supply.runs.models import WeeklyRow, WeeklyRun
from yueke.supply.runs.refusals import RunNotFound

Row = dict[str, Any]
# Learners of a name that a search looks at.
LEARNERS_MAX = 500
PLACE_MAX = 2**31 - 1


@staff_page
@require_safe
def auto_run(request: HttpRequest, run: str) -> HttpResponse:
    """Show a run; to htmx only how far it is, until it is done."""
    desk = sit_down(request=request, see="auto-runs")
    found = find_run(desk=desk, run=run)
    [summary] = shown_runs([found])
    context: Row = {"desk": desk, "summary": summary, "url": request.path}
    if request.headers.get("HX-Request") == "true" and "progress" in request.GET:
        return render(request, "portals/staff/auto_progress.html", context)
    text, state = request.GET.get("q", "").strip(), request.GET.get("state", "")
    state = state if state in STATES else ""
    rows = queries.rows_of(
        run=found,
        state=state or None,
        learner_ids=_learners(desk, text) if text else None,
        after=_after(request),
    )
    if "format" in request.GET:
        return _file(request, desk, shown_rows(desk=desk, rows=rows[:EXPORT_MAX]))
    if desk.allowed.sees_audit:
        context["entries"] = _history(desk, found)
    page = list(rows[: PAGE + 1])
    more = address(q=text, state=state, after=str(page[PAGE - 1].place)) if page[PAGE:] else ""
    context |= {
        "text": text,
        "state_chosen": state,
        "choices": _choices(text, state),
        "rows": shown_rows(desk=desk, rows=page[:PAGE]),
        "more_url": more,
        "export_url": address(q=text, state=state, format="csv"),
        "xlsx_url": address(q=text, state=state, format="xlsx"),
        "state": "" if page else "empty",
    }
    return render(request, "portals/staff/auto_run.html", context)


def find_run(*, desk: Desk, run: str) -> WeeklyRun:
    """Return the market's run with this id. Refuses: channel_may_not, run_not_found."""
    number = ids.AUTO_RUN.read(run)
    if number is None:
        raise RunNotFound(run[:64])
    return queries.get_run(actor=desk.caller.actor, kind=WeeklyRun.Kind.AUTO, run_id=number)


def shown_rows(*, desk: Desk, rows: Iterable[WeeklyRow]) -> list[Row]:
    """Return rows with the names of their people, and why they are so in words."""
    rows = list(rows)
    learners = people.names_of_learners(ids={row.learner_id for row in rows})
    teachers = people.names_of_teachers(ids={row.teacher_id for row in rows if row.teacher_id})
    products = product_names(market_id=desk.market_id)
    return [
        {
            "row": row,
            "learner": learners[row.learner_id],
            "learner_id": ids.LEARNER.show(row.learner_id),
            "teacher": teachers[row.teacher_id] if row.teacher_id else "",
            "product": products[row.product],
            "seat": ids.SEAT.show(row.seat_id) if row.seat_id else "",
            "shape": STATES[row.state][0],
            "word": STATES[row.state][1],
            "why": why_words(why=msgspec.json.decode(row.why)),
        }
        for row in rows
    ]


def _history(desk: Desk, run: WeeklyRun) -> list[timeline.Entry]:
    """Return when the run began and ended, last first."""
    told = [one for one in (run.started_event_id, run.finished_event_id) if one is not None]
    events = list(notices_queries.events_by_id(market_id=desk.market_id, ids=told))[::-1]
    return timeline.entries(desk=desk, events=events)


def _learners(desk: Desk, text: str) -> Sequence[int]:
    found = people.find_learners(actor=desk.caller.actor, text=text)
    return list(found.values_list("id", flat=True)[:LEARNERS_MAX])


def _after(request: HttpRequest) -> int | None:
    text = request.GET.get("after", "")
    is_place = text.isascii() and text.isdigit() and len(text) <= 10
    return min(int(text), PLACE_MAX) if is_place else None


def _choices(text: str, state: str) -> list[Row]:
    words = {"": gettext("All"), **{code: word for code, (_, word) in STATES.items()}}
    return [
        {"label": label, "url": address(q=text, state=code) or "?", "current": code == state}
        for code, label in words.items()
    ]


def _file(request: HttpRequest, desk: Desk, rows: list[Row]) -> HttpResponse:
    zone = ZoneInfo(desk.zone)
    head = [
        gettext("Learner"),
        gettext("Lesson"),
        gettext("State"),
        gettext("Begins (%(zone)s)") % {"zone": desk.zone},
        gettext("Teacher"),
        gettext("Why"),
    ]

    def line(one: Row) -> list[str | int]:
        start = one["row"].starts_at
        begins = "" if start is None else f"{start.astimezone(zone):%Y-%m-%d %H:%M}"
        names = [one["learner"], one["product"], str(one["word"]), begins]
        return [*names, one["teacher"], str(one["why"])]

    return export(request=request, name="auto-booking", head=head, rows=map(line, rows))
