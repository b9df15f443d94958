"""A teacher's week as staff read it: every half-hour by its state, each leading to its log."""

from collections.abc import Iterable
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from yueke.inventory import queries as inventory_queries
from yueke.inventory.models import Slot
from yueke.portals import moments, states
from yueke.portals.access import staff_page
from yueke.portals.days import read_day
from yueke.portals.staff.desk import Desk, sit_down
from yueke.portals.staff.teacher import find
from yueke.portals.stamps import show_stamp

WEEK = timedelta(days=7)


@staff_page
@require_safe
def teacher_week(request: HttpRequest, teacher: str) -> HttpResponse:
    """Show the week of `?week=2026-11-23`, or this one, in the market's zone."""
    desk = sit_down(request=request, see="teachers")
    person = find(desk=desk, teacher=teacher)
    monday = asked_monday(text=request.GET.get("week", ""), desk=desk)
    tz = ZoneInfo(desk.zone)
    begin = datetime.combine(monday, time(), tz).astimezone(UTC)
    end = datetime.combine(monday + WEEK, time(), tz).astimezone(UTC)
    slots = list(
        inventory_queries.slots_of_teacher(
            market_id=desk.market_id, teacher_id=person.pk, begin=begin, end=end
        )
    )
    context = {
        "desk": desk,
        "teacher": person,
        "id": teacher,
        "days": days(monday=monday, desk=desk),
        "rows": rows(slots=slots, teacher=teacher, desk=desk),
        "count": {state: sum(slot.state == state for slot in slots) for state in Slot.State},
        "before": f"{monday - WEEK:%Y-%m-%d}",
        "after": f"{monday + WEEK:%Y-%m-%d}",
    }
    return render(request, "portals/staff/teacher_week.html", context)


def asked_monday(*, text: str, desk: Desk) -> date:
    """Return the Monday of the week that is asked for, or of this week."""
    day = read_day(text) or desk.caller.now.astimezone(ZoneInfo(desk.zone)).date()
    return day - timedelta(days=day.weekday())


def days(*, monday: date, desk: Desk) -> list[dict[str, object]]:
    """Return the head of the week."""
    today = desk.caller.now.astimezone(ZoneInfo(desk.zone)).date()
    found = [monday + timedelta(days=index) for index in range(7)]
    return [
        {"name": moments.WEEKDAYS_SHORT[day.weekday()], "number": day.day, "current": day == today}
        for day in found
    ]


def rows(*, slots: Iterable[Slot], teacher: str, desk: Desk) -> list[dict[str, object]]:
    """Return a row for every half-hour of the clock that has a slot on some day."""
    tz = ZoneInfo(desk.zone)
    by_clock: dict[time, dict[int, Slot]] = {}
    for slot in slots:
        local = slot.starts_at.astimezone(tz)
        by_clock.setdefault(local.time(), {})[local.weekday()] = slot
    return [
        {
            "label": f"{clock:%H:%M}",
            "cells": [
                cell(slot=on[day], teacher=teacher, desk=desk) if day in on else None
                for day in range(7)
            ],
        }
        for clock, on in sorted(by_clock.items())
    ]


def cell(*, slot: Slot, teacher: str, desk: Desk) -> dict[str, object]:
    """Return one half-hour as the grid draws it."""
    when = moments.moment_words(
        instant=slot.starts_at, zone=desk.zone, this_year=desk.caller.now.year
    )
    return {
        "state": slot.state,
        "label": f"{when} · {states.WORDS[slot.state]}",
        "url": reverse("staff_slot", args=[teacher, show_stamp(slot.starts_at)]),
    }
