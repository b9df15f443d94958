"""Auto-booking of the market: every weekly run with how far it is, and what the next would do."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from yueke.portals import ids
from yueke.portals.access import staff_page
from yueke.portals.auto_words import REASONS, RUN_STATES
from yueke.portals.product_names import product_names
from yueke.portals.staff.auto_rules import shown_lessons
from yueke.portals.staff.desk import sit_down
from yueke.portals.staff.paging import PAGE, address
from yueke.supply.autobooking import foreseeing
from yueke.supply.runs import queries
from yueke.supply.runs.models import WeeklyRun

Row = dict[str, Any]


@staff_page
@require_safe
def auto_runs(request: HttpRequest) -> HttpResponse:
    """List the runs, the last first."""
    desk = sit_down(request=request, see="auto-runs")
    before = ids.AUTO_RUN.read(request.GET.get("before", ""))
    kind = WeeklyRun.Kind.AUTO
    found = queries.list_runs(actor=desk.caller.actor, kind=kind, before_id=before)
    page = list(found[: PAGE + 1])
    more = ids.AUTO_RUN.show(page[PAGE - 1].pk) if len(page) > PAGE else ""
    context = {
        "desk": desk,
        "rows": shown_runs(page[:PAGE]),
        "more_url": address(before=more) if more else "",
    }
    return render(request, "portals/staff/auto_runs.html", context)


@staff_page
@require_safe
def auto_preview(request: HttpRequest) -> HttpResponse:
    """Show what next week's run would book and miss if it were now; nothing is booked."""
    desk = sit_down(request=request, see="auto-runs")
    found = foreseeing.foresee(actor=desk.caller.actor, now=desk.caller.now, size=PAGE)
    context = {
        "desk": desk,
        "found": found,
        "week": found.week.monday,
        "total": found.booked + found.missed,
        "reasons": [(REASONS[code], count) for code, count in found.reasons.items()],
        "lessons": shown_lessons(rows=found.rows, names=product_names(market_id=desk.market_id)),
    }
    return render(request, "portals/staff/auto_preview.html", context)


def shown_runs(runs: list[WeeklyRun]) -> list[Row]:
    """Return runs with their rows by state, in words."""
    counts = queries.counts_of(run_ids=[run.pk for run in runs])
    return [_row(run, counts[run.pk]) for run in runs]


def _row(run: WeeklyRun, counts: queries.Counts) -> Row:
    shape, word = RUN_STATES[run.state]
    total = sum(counts.values())
    return {
        "run": run,
        "id": ids.AUTO_RUN.show(run.pk),
        "shape": shape,
        "word": word,
        "total": total,
        "done": total - counts["waiting"],
        **counts,
    }
