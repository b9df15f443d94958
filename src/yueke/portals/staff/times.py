"""A teacher's week to choose half-hours from (IN-1), with what may be done with them."""

from collections.abc import Sequence
from datetime import datetime, time
from typing import Final
from zoneinfo import ZoneInfo

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from yueke.curriculum import queries as curriculum_queries
from yueke.inventory import queries as inventory_queries
from yueke.inventory.models import Slot
from yueke.kernel.grid import cells_between
from yueke.portals import ids
from yueke.portals.access import staff_page
from yueke.portals.product_names import product_name
from yueke.portals.staff.cells import empty_cell, slot_cell
from yueke.portals.staff.deeds import Deed, require_deed
from yueke.portals.staff.desk import Desk, sit_down
from yueke.portals.staff.found import learners_of
from yueke.portals.staff.paging import address
from yueke.portals.staff.targets import names_of_targets
from yueke.portals.staff.teacher import find
from yueke.portals.staff.week_rows import (
    WEEK,
    Cell,
    asked_monday,
    days_of,
    range_of,
    rows_of,
    week_words,
)
from yueke.portals.stamps import read_stamp, show_stamp

# Few teach in the market's night: it is shown on demand, or where something stands in it.
MORNING: Final = time(6)


@staff_page
@require_safe
def times(request: HttpRequest, teacher: str) -> HttpResponse:
    """Show the week of `?week=2026-11-23`, of the first half-hour ticked, or this one."""
    desk = sit_down(request=request, see="teachers")
    require_deed(channel=desk.allowed.channel, code="")
    deeds = desk.allowed.deeds
    person = find(desk=desk, teacher=teacher)
    ticked = request.GET.getlist("at")
    monday = asked_monday(text=request.GET.get("week") or _first_day(desk, ticked), desk=desk)
    begin, end = range_of(monday=monday, zone=desk.zone)
    slots = inventory_queries.slots_of_teacher(
        market_id=desk.market_id, teacher_id=person.pk, begin=begin, end=end
    )
    since = time() if "night" in request.GET else MORNING
    empty = _empty(desk, deeds, begin, end, since)
    cells = _cells(desk, teacher, list(slots), empty, ticked)
    week = f"{monday:%Y-%m-%d}"
    context = {
        "desk": desk,
        "teacher": person,
        "id": teacher,
        "days": days_of(monday=monday, desk=desk),
        "rows": rows_of(cells=cells, zone=desk.zone),
        "week": week,
        "week_words": week_words(monday=monday),
        "before": address(week=f"{monday - WEEK:%Y-%m-%d}"),
        "after": address(week=f"{monday + WEEK:%Y-%m-%d}"),
        "night": address(week=week, night="1") if empty and since == MORNING else "",
        **_choices(request, desk, deeds),
        **_learners(request, desk),
    }
    return render(request, "portals/staff/times.html", context)


@staff_page
@require_safe
def times_learners(request: HttpRequest, teacher: str) -> HttpResponse:
    """Show the learners of a name, phone or id, to choose one."""
    desk = sit_down(request=request, see="teachers")
    require_deed(channel=desk.allowed.channel, code="")
    find(desk=desk, teacher=teacher)
    return render(request, "portals/staff/times_learners.html", _learners(request, desk))


def _choices(request: HttpRequest, desk: Desk, deeds: Sequence[Deed]) -> dict[str, object]:
    """Return what may be chosen beside the half-hours, and what is chosen."""
    kinds = {deed.kind for deed in deeds}
    products = curriculum_queries.list_products(market_id=desk.market_id).prefetch_related(None)
    listed = [(product.code, product_name(thing=product)) for product in products]
    return {
        "deeds": deeds,
        "do": request.GET.get("do", deeds[0].code),
        "products": listed if Slot.Target.PRODUCT in kinds else [],
        "product": request.GET.get("product", ""),
        "needs_learner": Slot.Target.STUDENT in kinds,
        "reserves": any(deed.command == "target" and deed.kind for deed in deeds),
        "until": request.GET.get("until", ""),
    }


def _learners(request: HttpRequest, desk: Desk) -> dict[str, object]:
    """Return the learners who are looked for, and who is chosen."""
    text = request.GET.get("q", "").strip()
    found = learners_of(desk=desk, text=text) if text else []
    return {
        "text": text,
        "learner": request.GET.get("learner", ""),
        "learners": [{"learner": one, "id": ids.LEARNER.show(one.pk)} for one in found],
    }


def _first_day(desk: Desk, ticked: Sequence[str]) -> str:
    first = read_stamp(ticked[0]) if ticked else None
    return f"{first.astimezone(ZoneInfo(desk.zone)):%Y-%m-%d}" if first else ""


def _empty(
    desk: Desk, deeds: Sequence[Deed], begin: datetime, end: datetime, since: time
) -> list[datetime]:
    """Return the half-hours to come that could be offered, for those who may offer any."""
    if not any(deed.command == "release" for deed in deeds):
        return []
    zone = ZoneInfo(desk.zone)
    cells = cells_between(max(begin, desk.caller.now), end)
    return [start for start in cells if start.astimezone(zone).time() >= since]


def _cells(
    desk: Desk,
    teacher: str,
    slots: Sequence[Slot],
    empty: Sequence[datetime],
    ticked: Sequence[str],
) -> dict[datetime, Cell]:
    """Return a cell a half-hour; those to come that are open or empty carry a stamp to tick."""
    names = names_of_targets(desk=desk, slots=slots)
    cells = {start: empty_cell(start=start, desk=desk) for start in empty}
    for slot in slots:
        cells[slot.starts_at] = slot_cell(slot=slot, teacher=teacher, desk=desk, names=names)
    for start, cell in cells.items():
        if cell["state"] in ("none", Slot.State.OPEN) and start > desk.caller.now:
            stamp = show_stamp(start)
            cell |= {"stamp": stamp, "ticked": stamp in ticked}
    return cells
