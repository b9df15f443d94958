"""The days of a week to choose from, and the ways to the weeks beside it."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from yueke.portals import moments
from yueke.portals.family.look import Look
from yueke.portals.family.week import WEEKS_AHEAD, Week, local_day, week_of


def day_links(
    *, look: Look, page: str, week: Week, current: date | None, free: set[date], **kept: str
) -> list[dict[str, Any]]:
    """Return the seven days; one on which nobody is free is no link."""
    today = local_day(instant=look.visit.caller.now, zone=week.zone)
    return [
        {
            "name": moments.WEEKDAYS_SHORT[day.weekday()],
            "number": day.day,
            "label": moments.day_words(day=day, this_year=today.year),
            "url": look.url(page, day=day.isoformat(), **kept),
            "current": day == current,
            "disabled": day not in free and day != current,
        }
        for day in week.days
    ]


def week_links(
    *, look: Look, page: str, week: Week, args: Sequence[str] = (), **kept: str
) -> dict[str, str]:
    """Return what the week is called, and the addresses of the one before and after."""
    this = week_of(instant=look.visit.caller.now, zone=week.zone)
    last = this.shifted(WEEKS_AHEAD - 1)
    before = week.shifted(-1).monday.isoformat() if week.monday > this.monday else ""
    after = week.shifted(1).monday.isoformat() if week.monday < last.monday else ""
    return {
        "first": moments.date_words(day=week.days[0]),
        "last": moments.date_words(day=week.days[-1]),
        "before": look.url(page, *args, day=before, **kept) if before else "",
        "after": look.url(page, *args, day=after, **kept) if after else "",
    }
