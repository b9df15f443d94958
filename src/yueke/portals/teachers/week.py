"""My week: a calendar to drag in, and the same week as a list."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from yueke.portals import ids
from yueke.portals.access import teacher_page
from yueke.portals.caller import Caller, who_calls
from yueke.portals.days import read_day
from yueke.portals.stamps import show_stamp
from yueke.portals.teachers.entries import Entry, entries_of_teacher
from yueke.portals.wall import show_wall

WEEK = timedelta(days=7)


@teacher_page
def week(request: HttpRequest) -> HttpResponse:
    """Show the week of `?week=2026-11-23`, or this one; to htmx only its list."""
    caller = who_calls(request=request)
    evening_at = evening(now=caller.now, zone=caller.market_zone)
    monday = asked_monday(request=request, caller=caller)
    context = {
        "caller": caller,
        "monday": monday,
        "date": f"{first_shown(request=request, caller=caller, monday=monday):%Y-%m-%d}",
        "wall_now": show_wall(instant=caller.now, zone=caller.zone),
        "scroll": show_wall(instant=evening_at, zone=caller.zone).partition("T")[2],
        "days": days_of_week(caller=caller, monday=monday),
        "before": f"{monday - WEEK:%Y-%m-%d}",
        "after": f"{monday + WEEK:%Y-%m-%d}",
    }
    name = "week_list" if request.headers.get("HX-Request") else "week"
    return render(request, f"portals/teachers/{name}.html", context)


def evening(*, now: datetime, zone: str) -> datetime:
    """Return shortly before the market's evening, when most lessons are."""
    return now.astimezone(ZoneInfo(zone)).replace(hour=17, minute=30, second=0, microsecond=0)


def asked_monday(*, request: HttpRequest, caller: Caller) -> date:
    """Return the Monday of the week that is asked for, or of this week."""
    today = caller.now.astimezone(ZoneInfo(caller.zone)).date()
    day = read_day(request.GET.get("week", "")) or today
    return day - timedelta(days=day.weekday())


def first_shown(*, request: HttpRequest, caller: Caller, monday: date) -> date:
    """Return the day that a phone shows first: today, unless a week was asked for."""
    if "week" in request.GET:
        return monday
    return caller.now.astimezone(ZoneInfo(caller.zone)).date()


def days_of_week(*, caller: Caller, monday: date) -> list[dict[str, object]]:
    """Return the seven days of the caller's own week, each with what stands in it."""
    assert caller.actor.teacher_id is not None
    zone = ZoneInfo(caller.zone)
    begin = datetime.combine(monday, time(), zone).astimezone(UTC)
    end = datetime.combine(monday + WEEK, time(), zone).astimezone(UTC)
    teacher_id = caller.actor.teacher_id
    found = entries_of_teacher(caller=caller, teacher_id=teacher_id, begin=begin, end=end)
    days = [monday + timedelta(days=index) for index in range(7)]
    return [
        {
            "noon": datetime.combine(day, time(12), zone),
            "entries": [
                {"entry": entry, "url": entry_url(entry=entry)}
                for entry in found
                if entry.begins.astimezone(zone).date() == day
            ],
        }
        for day in days
    ]


def entry_url(*, entry: Entry) -> str:
    """Return where an entry leads: to its lesson, or to the form with its time."""
    if entry.seat_id is not None:
        return reverse("teacher_lesson", args=[ids.SEAT.show(entry.seat_id)])
    begins, ends = show_stamp(entry.begins), show_stamp(entry.ends)
    return f"{reverse('teacher_time')}?begins_at={begins}&ends_at={ends}"
