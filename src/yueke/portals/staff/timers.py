"""The timers: what runs by itself, when it last did, and when it will again."""

import csv
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, time
from functools import cache
from importlib import resources
from zoneinfo import ZoneInfo

from django.db.models import Max
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language, gettext
from django.views.decorators.http import require_safe
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinatePeriodicDefer

from yueke.portals.access import staff_page
from yueke.portals.exports import export
from yueke.portals.staff.cron_words import cron_words
from yueke.portals.staff.desk import Desk, sit_down
from yueke.portals.staff.paging import address
from yueke.supply.runs.models import WeeklyRun
from yueke.supply.weeks import DAY, WEEK, monday_of


@dataclass(frozen=True)
class Timer:
    """One row of the table. `run`: a weekly run, from `at` on Mondays by the market's clock."""

    task: str
    run: str
    at: str
    missed: str
    name_zh: str
    name_en: str

    @property
    def name(self) -> str:
        """What it is called in the language of the moment."""
        return self.name_zh if (get_language() or "").startswith("zh") else self.name_en


@dataclass(frozen=True)
class Shown:
    """A timer with its last and its next moment."""

    timer: Timer
    rule: str
    last_at: datetime | None
    next_at: datetime


@cache
def timers() -> list[Timer]:
    """Return every timer, in the order of the table."""
    text = resources.files("yueke.portals").joinpath("timers.csv").read_text("utf-8")
    return [Timer(**row) for row in csv.DictReader(text.splitlines())]


@staff_page
@require_safe
def timers_page(request: HttpRequest) -> HttpResponse:
    """List all timers, in the market's zone."""
    desk = sit_down(request=request, see="timers")
    text = request.GET.get("q", "").strip().lower()
    rows = [one for one in _shown(desk) if text in one.timer.name.lower()]
    if "format" in request.GET:
        return _file(request, desk, rows)
    context = {
        "desk": desk,
        "text": text,
        "rows": rows,
        "export_url": address(q=text, format="csv"),
        "xlsx_url": address(q=text, format="xlsx"),
        "state": "" if rows else "empty",
    }
    return render(request, "portals/staff/timers.html", context)


def _shown(desk: Desk) -> Iterable[Shown]:
    defers = ProcrastinatePeriodicDefer.objects.values("task_name")
    last = dict(defers.annotate(last=Max("defer_timestamp")).values_list("task_name", "last"))
    runs = WeeklyRun.objects.filter(market_id=desk.market_id).values("kind")
    ran = dict(runs.annotate(last=Max("started_at")).values_list("kind", "last"))
    crons = {task.task.name: task for task in app.periodic_registry.periodic_tasks.values()}
    for timer in timers():
        if timer.run:
            at = time.fromisoformat(timer.at)
            rule = gettext("Mondays %(at)s") % {"at": timer.at}
            yield Shown(timer, rule, ran.get(timer.run), _next_monday(desk, at))
        else:
            task = crons[timer.task]
            seen = last.get(timer.task)
            before = None if seen is None else datetime.fromtimestamp(seen, UTC)
            after = task.croniter.get_next(float, start_time=desk.caller.now.timestamp())
            yield Shown(timer, cron_words(task.cron), before, datetime.fromtimestamp(after, UTC))


def _next_monday(desk: Desk, at: time) -> datetime:
    """Return the next Monday at a time of the market's clock, right across DST."""
    zone = ZoneInfo(desk.zone)
    monday = monday_of(desk.caller.now, zone)
    moments = (datetime.combine(monday + step, at, zone) for step in (0 * DAY, WEEK))
    return next(moment for moment in moments if moment > desk.caller.now).astimezone(UTC)


def _file(request: HttpRequest, desk: Desk, rows: Iterable[Shown]) -> HttpResponse:
    zone = ZoneInfo(desk.zone)
    head = [
        gettext("Timer"),
        gettext("Rule"),
        gettext("Last (%(zone)s)") % {"zone": desk.zone},
        gettext("Next (%(zone)s)") % {"zone": desk.zone},
        gettext("When missed"),
    ]
    lines = (
        [
            one.timer.name,
            one.rule,
            f"{one.last_at.astimezone(zone):%Y-%m-%d %H:%M:%S}" if one.last_at else "",
            f"{one.next_at.astimezone(zone):%Y-%m-%d %H:%M:%S}",
            one.timer.missed,
        ]
        for one in rows
    )
    return export(request=request, name="timers", head=head, rows=lines)
