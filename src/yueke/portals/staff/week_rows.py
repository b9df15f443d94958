"""A week of half-hours to read or choose from: which week, its days, and a row for every clock."""

from collections.abc import Mapping
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from yueke.portals import moments
from yueke.portals.days import read_day
from yueke.portals.staff.desk import Desk

WEEK = timedelta(days=7)
Cell = dict[str, object]


def asked_monday(*, text: str, desk: Desk) -> date:
    """Return the Monday of the week that is asked for, or of this week."""
    day = read_day(text) or desk.caller.now.astimezone(ZoneInfo(desk.zone)).date()
    return day - timedelta(days=day.weekday())


def range_of(*, monday: date, zone: str) -> tuple[datetime, datetime]:
    """Return the week in the zone as a half-open range in UTC."""
    tz = ZoneInfo(zone)
    begin = datetime.combine(monday, time(), tz)
    return begin.astimezone(UTC), datetime.combine(monday + WEEK, time(), tz).astimezone(UTC)


def week_words(*, monday: date) -> str:
    """Return "9 Mar – 15 Mar"."""
    first, last = (moments.date_words(day=day) for day in (monday, monday + timedelta(days=6)))
    return f"{first} – {last}"


def days_of(*, monday: date, desk: Desk) -> list[dict[str, object]]:
    """Return the head of the week."""
    today = desk.caller.now.astimezone(ZoneInfo(desk.zone)).date()
    found = [monday + timedelta(days=index) for index in range(7)]
    return [
        {"name": moments.WEEKDAYS_SHORT[day.weekday()], "number": day.day, "current": day == today}
        for day in found
    ]


def rows_of(*, cells: Mapping[datetime, Cell], zone: str) -> list[dict[str, object]]:
    """Return a row for every half-hour of the clock that has a cell on some day of one week.

    An hour that comes twice when clocks go back has rows of its own for the second time.
    """
    tz = ZoneInfo(zone)
    labels: dict[tuple[time, int], str] = {}
    by_clock: dict[tuple[time, int], dict[int, Cell]] = {}
    for start, cell in cells.items():
        local = start.astimezone(tz)
        clock = (local.time(), local.fold)
        labels[clock] = moments.clock_words(local=local)
        by_clock.setdefault(clock, {})[local.weekday()] = cell
    return [
        {"label": labels[clock], "cells": [by_clock[clock].get(day) for day in range(7)]}
        for clock in sorted(by_clock)
    ]
