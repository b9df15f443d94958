"""The week of supply: what is offered, held, booked and missing, and what a wave would meet."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from yueke.curriculum import queries as curriculum
from yueke.portals.access import staff_page
from yueke.portals.days import read_day
from yueke.portals.exports import export
from yueke.portals.product_names import product_name
from yueke.portals.staff.desk import Desk, sit_down
from yueke.portals.staff.paging import address
from yueke.portals.staff.supply_heat import heat_cell
from yueke.supply.board import queries
from yueke.supply.board.queries import Cell
from yueke.supply.weeks import DAY, WEEK, instant_of, monday_of, of_half_hour

HALF_HOURS = 48
WAVE_MAX = 100_000


@staff_page
@require_safe
def supply(request: HttpRequest) -> HttpResponse:
    """Show the half-hours of a week, 336 of them, by the market's clock."""
    desk = sit_down(request=request, see="supply")
    zone = ZoneInfo(desk.zone)
    week = _week(request, desk, zone)
    cells = queries.board(
        actor=desk.caller.actor,
        begin=instant_of(week, zone),
        end=instant_of(week + WEEK, zone),
    )
    if "format" in request.GET:
        return _file(request, desk, sorted(cells.values(), key=lambda one: one.starts_at))
    shown = list(cells.values())
    context = {
        "desk": desk,
        "week": week,
        "before": week - WEEK,
        "after": week + WEEK,
        "days": [instant_of(week + DAY * day, zone) for day in range(7)],
        "rows": _rows(week, zone, cells),
        "open": sum(one.open for one in shown),
        "held": sum(one.held for one in shown),
        "booked": sum(one.booked for one in shown),
        "requested": sum(one.requested for one in shown),
        "missing": sum(one.missing_in_all for one in shown),
        "used": round(queries.utilisation(shown) * 100, 1),
        "export_url": address(week=week.isoformat(), format="csv"),
        "xlsx_url": address(week=week.isoformat(), format="xlsx"),
        **_what_if(request, desk, week, zone),
    }
    return render(request, "portals/staff/supply.html", context)


def _week(request: HttpRequest, desk: Desk, zone: ZoneInfo) -> date:
    day = read_day(request.GET.get("week", "")) or monday_of(desk.caller.now, zone)
    return day - day.weekday() * DAY


def _rows(week: date, zone: ZoneInfo, cells: Mapping[datetime, Cell]) -> list[dict[str, Any]]:
    """Return a row a half-hour of the day, a cell a day; none where the clock skips it."""
    rows = []
    for place in range(HALF_HOURS):
        moments = [of_half_hour(day * HALF_HOURS + place).at(week, zone) for day in range(7)]
        if any(at in cells for at in moments):
            drawn = ["" if at is None else heat_cell(at=at, cell=cells.get(at)) for at in moments]
            rows.append({"clock": of_half_hour(place).clock, "cells": drawn})
    return rows


def _what_if(request: HttpRequest, desk: Desk, week: date, zone: ZoneInfo) -> dict[str, Any]:
    """Return what a wave of lessons that the address asks about would meet (`count` of them)."""
    products = curriculum.list_products(market_id=desk.market_id).prefetch_related(None)
    asked = request.GET.get("count", "")
    context: dict[str, Any] = {
        "products": [(one.code, product_name(thing=one)) for one in products],
        "wave": {
            "count": asked,
            "product": request.GET.get("product", "trial"),
            "weekday": request.GET.get("weekday", "5"),
            "from": request.GET.get("from", "18:00"),
            "to": request.GET.get("to", "21:00"),
        },
        "weekdays": [(str(day), instant_of(week + DAY * day, zone)) for day in range(7)],
    }
    if asked.isdecimal() and 0 < int(asked) <= WAVE_MAX and (starts := _span(context, week, zone)):
        context["outlook"] = queries.what_if(
            actor=desk.caller.actor,
            product=context["wave"]["product"],
            count=int(asked),
            starts=starts,
        )
    return context


def _span(context: Mapping[str, Any], week: date, zone: ZoneInfo) -> list[datetime]:
    """Return the half-hours that the wave is spread over."""
    wave = context["wave"]
    if wave["weekday"] not in "0123456" or not wave["weekday"]:
        return []
    places = [
        of_half_hour(int(wave["weekday"]) * HALF_HOURS + place) for place in range(HALF_HOURS)
    ]
    within = [one for one in places if wave["from"] <= f"{one.clock:%H:%M}" < wave["to"]]
    found = [one.at(week, zone) for one in within]
    return [at for at in found if at is not None]


def _file(request: HttpRequest, desk: Desk, cells: Sequence[Cell]) -> HttpResponse:
    zone = ZoneInfo(desk.zone)
    head = [
        gettext("Begins (%(zone)s)") % {"zone": desk.zone},
        gettext("Open"),
        gettext("Held"),
        gettext("Booked"),
        gettext("Requested"),
        gettext("Without a teacher"),
        gettext("By level"),
    ]
    lines: Iterable[list[str | int]] = (
        [
            f"{one.starts_at.astimezone(zone):%Y-%m-%d %H:%M}",
            one.open,
            one.held,
            one.booked,
            one.requested,
            one.missing_in_all,
            " ".join(f"{skill}={count}" for skill, count in one.missing.items()),
        ]
        for one in cells
    )
    return export(request=request, name="supply", head=head, rows=lines)
