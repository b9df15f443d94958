"""Overbooking: what is booked, expected and held in a week, and the strategy behind it (SD-7)."""

from collections.abc import Iterable, Sequence
from datetime import date
from zoneinfo import ZoneInfo

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from yueke.curriculum import queries as curriculum
from yueke.curriculum.models import Product
from yueke.curriculum.refusals import ProductUnknown
from yueke.curriculum.rules import TRIAL
from yueke.portals import moments
from yueke.portals.access import staff_page
from yueke.portals.exports import export
from yueke.portals.product_names import product_name
from yueke.portals.staff.desk import Desk, sit_down
from yueke.portals.staff.overbooking_chart import Cell, Chart, Day, draw
from yueke.portals.staff.paging import address
from yueke.portals.staff.sights import ALONE
from yueke.portals.staff.strategy_form import STEPS_MAX
from yueke.portals.staff.strategy_words import history, stretches
from yueke.portals.staff.week_rows import WEEK, asked_monday, range_of
from yueke.portals.stamps import show_stamp
from yueke.supply.overbooking import queries
from yueke.supply.overbooking.commands import Step

STRATEGY = "strategy"


@staff_page
@require_safe
def overbooking(request: HttpRequest) -> HttpResponse:
    """Show a product's week and strategy; `?product=trial&week=2026-11-23&day=5`."""
    desk = sit_down(request=request, see="overbooking")
    products = products_of_one_half_hour(desk)
    product = asked_product(request, products)
    monday = asked_monday(text=request.GET.get("week", ""), desk=desk)
    begin, end = range_of(monday=monday, zone=desk.zone)
    actor = desk.caller.actor
    found = queries.rooms(actor=actor, product=product.code, begin=begin, end=end)
    now = desk.caller.now
    cells = [Cell(room, held, has_begun=room.starts_at <= now) for room, held in found]
    steps = queries.strategy(actor=actor, product=product.code)
    if "format" in request.GET:
        is_strategy = request.GET.get("list") == STRATEGY
        return _strategy(request, steps) if is_strategy else _file(request, desk, cells)
    chart = draw(monday=monday, cells=cells, zone=desk.zone)
    chosen = _chosen_day(request, desk, monday, chart)
    here = {"product": product.code, "week": f"{monday:%Y-%m-%d}"}
    context = {
        "desk": desk,
        "product": product,
        "name": product_name(thing=product),
        "products": [(one.code, product_name(thing=one)) for one in products],
        "week": here["week"],
        "before_url": address(product=product.code, week=f"{monday - WEEK:%Y-%m-%d}"),
        "after_url": address(product=product.code, week=f"{monday + WEEK:%Y-%m-%d}"),
        "export_url": address(**here, format="csv"),
        "xlsx_url": address(**here, format="xlsx"),
        "tiles": _tiles(cells),
        "chart": chart,
        "days": [
            {"day": day, "url": address(**here, day=str(place)), "current": place == chosen}
            for place, day in enumerate(chart.days)
        ],
        "short_days": [
            {
                "name": moments.WEEKDAYS_SHORT[place],
                "number": day.day.day,
                "label": moments.day_words(day=day.day, this_year=desk.caller.now.year),
                "url": address(**here, day=str(place)),
                "current": place == chosen,
            }
            for place, day in enumerate(chart.days)
        ],
        "rows": _rows(product, chart.days[chosen]),
        "day": chart.days[chosen],
        "sees_supply": desk.allowed.may("see", "supply"),
        "has_cells": bool(cells),
        "stretches": stretches(steps),
        "strategy_export_url": address(product=product.code, list=STRATEGY, format="csv"),
        "strategy_xlsx_url": address(product=product.code, list=STRATEGY, format="xlsx"),
        "history": history(desk=desk, product=product.code),
        "may_change": desk.allowed.may("change", "strategy") and len(steps) <= STEPS_MAX,
        "is_long": len(steps) > STEPS_MAX,
        "strategy_url": reverse("staff_strategy") + address(product=product.code),
    }
    return render(request, "portals/staff/overbooking.html", context)


def products_of_one_half_hour(desk: Desk) -> list[Product]:
    """Return what may be overbooked at all: a teacher is held for one half-hour."""
    listed = curriculum.list_products(market_id=desk.market_id).prefetch_related(None)
    return list(listed.filter(cells=1))


def asked_product(request: HttpRequest, products: Sequence[Product]) -> Product:
    """Return the product that the address names, or else the trial, or whatever there is.

    Refuses: product_unknown.
    """
    by_code = {one.code: one for one in products}
    code = request.GET.get("product", "")
    usual = TRIAL if TRIAL in by_code else next(iter(by_code), TRIAL)
    if (code or usual) not in by_code:
        raise ProductUnknown(code)
    return by_code[code or usual]


def _chosen_day(request: HttpRequest, desk: Desk, monday: date, chart: Chart) -> int:
    """Return which day is shown: the one asked for, today, or the first that has anything."""
    asked = request.GET.get("day", "")
    if len(asked) == 1 and asked in "0123456":
        return int(asked)
    today = (desk.caller.now.astimezone(ZoneInfo(desk.zone)).date() - monday).days
    if today in range(7):
        return today
    return next((place for place, day in enumerate(chart.days) if day.cells), 0)


def _tiles(cells: Sequence[Cell]) -> list[tuple[str, int]]:
    rooms = [cell.room for cell in cells]
    return [
        (gettext("Booked without a teacher"), sum(room.taken for room in rooms)),
        (gettext("Expected to come"), sum(room.expected for room in rooms)),
        (gettext("Teachers held"), sum(cell.held for cell in cells)),
        (gettext("Still to be held"), sum(cell.lacking for cell in cells)),
        (gettext("Places left"), sum(cell.left for cell in cells)),
    ]


def _rows(product: Product, day: Day) -> list[tuple[Cell, str, str]]:
    """Return the half-hours of a day, each with its stamp and where its lessons are listed."""
    lessons, rows = reverse("staff_lessons"), []
    for cell in day.cells:
        stamp = show_stamp(cell.room.starts_at)
        asked = {"product": product.code, "day": f"{day.day:%Y-%m-%d}", "at": stamp}
        rows.append((cell, stamp, lessons + address(**asked, state=ALONE.code)))
    return rows


def _file(request: HttpRequest, desk: Desk, cells: Sequence[Cell]) -> HttpResponse:
    zone = ZoneInfo(desk.zone)
    head = [
        gettext("Begins (%(zone)s)") % {"zone": desk.zone},
        gettext("Booked"),
        gettext("Expected to come"),
        gettext("To be held"),
        gettext("Held"),
        gettext("At most"),
        gettext("Left"),
    ]
    lines: Iterable[list[str | int]] = (
        [
            f"{cell.room.starts_at.astimezone(zone):%Y-%m-%d %H:%M}",
            cell.room.taken,
            cell.room.expected,
            cell.room.wanted,
            cell.held,
            cell.room.ceiling,
            cell.left,
        ]
        for cell in cells
    )
    return export(request=request, name="overbooking", head=head, rows=lines)


def _strategy(request: HttpRequest, steps: Sequence[Step]) -> HttpResponse:
    head = [
        gettext("From"),
        gettext("Until"),
        gettext("Ratio, %"),
        gettext("Teachers at least"),
        gettext("Lessons at most"),
    ]
    lines: Iterable[list[str | int]] = (
        [one.begins, one.ends, one.step.ratio_percent, one.step.floor, one.step.ceiling]
        for one in stretches(steps)
    )
    return export(request=request, name="overbooking-strategy", head=head, rows=lines)
