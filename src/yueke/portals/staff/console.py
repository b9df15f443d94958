"""The console: search everything, what begins soon, and the numbers of the day."""

from datetime import datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from yueke.booking import queries as booking_queries
from yueke.booking.queries import Which
from yueke.portals.access import staff_page
from yueke.portals.lesson_lists import list_to_come
from yueke.portals.staff import found
from yueke.portals.staff.desk import Desk, sit_down
from yueke.portals.staff.lesson_rows import ShownLesson, show

SOON: Final = timedelta(hours=3)
QUEUE: Final = 12


@staff_page
@require_safe
def console(request: HttpRequest) -> HttpResponse:
    """Show what was looked for; to htmx only the results."""
    desk = sit_down(request=request)
    text = request.GET.get("q", "").strip()
    context = {"desk": desk, "text": text, **found.everything(desk=desk, text=text)}
    if request.headers.get("HX-Request") == "true":
        return render(request, "portals/staff/found.html", context)
    context |= {"queue": begins_soon(desk=desk), "today": today(desk=desk)}
    return render(request, "portals/staff/console.html", context)


def begins_soon(*, desk: Desk) -> list[ShownLesson]:
    """Return lessons that are on now or begin soon, first to last."""
    if not desk.allowed.sees_lessons:
        return []
    now = desk.caller.now
    which = Which(end=now + SOON, state="live")
    rows = list_to_come(actor=desk.caller.actor, now=now, which=which, size=QUEUE)
    return [show(row=row, now=now) for row in rows]


def today(*, desk: Desk) -> dict[str, object]:
    """Return how many lessons today has in the market's zone, and where their rows are."""
    if not desk.allowed.sees_lessons:
        return {}
    local = desk.caller.now.astimezone(ZoneInfo(desk.zone))
    midnight = local.replace(hour=0, minute=0, second=0, microsecond=0)
    return {
        "lessons": booking_queries.count_lessons(
            market_id=desk.market_id, begin=midnight, end=_next_day(midnight)
        ),
        "url": f"{reverse('staff_lessons')}?day={local:%Y-%m-%d}",
    }


def _next_day(midnight: datetime) -> datetime:
    # On the wall clock: a day when clocks change is not of 24 hours.
    return midnight + timedelta(days=1)
