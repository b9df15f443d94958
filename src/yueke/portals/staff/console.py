"""The console: what needs a person now, search over everything, and the work of one's channel."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from yueke.booking import queries as booking_queries
from yueke.booking.queries import Which
from yueke.portals.access import staff_page
from yueke.portals.staff import found, mine, works
from yueke.portals.staff.desk import Desk, sit_down
from yueke.portals.staff.door import at_the_door
from yueke.portals.staff.lesson_rows import ShownLesson, show
from yueke.portals.staff.paging import address
from yueke.portals.staff.work import Work, work_of

QUEUE: Final = 8
QUEUE_TODAY: Final = 40
ALL: Final = "all"


@dataclass(frozen=True, slots=True)
class Part:
    """One part of the queue: its first lessons, and the address of all where there are more.

    `switch` leads from those one has booked to all, and back.
    """

    title: str
    none: str
    lessons: list[ShownLesson]
    more_url: str
    is_trouble: bool = False
    switch: str = ""
    switch_url: str = ""


@staff_page
@require_safe
def console(request: HttpRequest) -> HttpResponse:
    """Show what was looked for; to htmx only the results, or the queue anew."""
    desk = sit_down(request=request)
    work = work_of(channel=desk.allowed.channel)
    whose = ALL if request.GET.get("whose") == ALL else ""
    is_fragment = request.headers.get("HX-Request") == "true"
    if is_fragment and "queue" in request.GET:
        return render(
            request, "portals/staff/queue.html", queue_of(desk=desk, work=work, whose=whose)
        )
    text = request.GET.get("q", "").strip()
    context = {"desk": desk, "work": work, "text": text, **found.everything(desk=desk, text=text)}
    if not text:
        context |= works.middle_of(desk=desk, works=work.works)
    if is_fragment:
        return render(request, "portals/staff/found.html", context)
    context |= queue_of(desk=desk, work=work, whose=whose)
    return render(request, "portals/staff/console.html", context)


def queue_of(*, desk: Desk, work: Work, whose: str) -> dict[str, object]:
    """Return who waits at the door, the parts of the queue, and how many lessons today has.

    `whose` is `all` where the lessons of today are not only those that one has booked.
    """
    matters = works.matters_of(desk=desk, works=work.works)
    if not desk.allowed.sees_lessons:
        return {"desk": desk, "door": None, "parts": [], "matters": matters, "today": {}}
    is_mine = work.is_mine and mine.has_any(desk=desk)
    narrowed = Which(
        product=work.product or None, class_teacher_id=desk.staff_id if is_mine else None
    )
    more = {"product": work.product, "mine": "1" if is_mine else ""}
    now = desk.caller.now
    parts = []
    for sight in work.sights:
        lessons, is_more = _first(desk, sight.narrow(narrowed, now), QUEUE)
        more_url = _lessons(**more, state=sight.code) if is_more else ""
        part = Part(str(sight.label), str(sight.none), lessons, more_url, sight.is_trouble)
        parts.append(part)
    midnight = _midnight(desk)
    day = {"day": f"{midnight:%Y-%m-%d}"}
    if work.is_today:
        which = replace(narrowed, begin=midnight, end=_next_day(midnight))
        parts.append(_today(desk, which, {**more, **day}, whose))
    count = booking_queries.count_lessons(
        market_id=desk.market_id, begin=midnight, end=_next_day(midnight)
    )
    return {
        "desk": desk,
        "door": at_the_door(desk=desk),
        "parts": parts,
        "matters": matters,
        "whose": whose,
        "today": {"lessons": count, "url": _lessons(**day)},
    }


def _today(desk: Desk, which: Which, filters: dict[str, str], whose: str) -> Part:
    """Return the trials of today that the caller has booked, or all."""
    here = reverse("staff_console")
    if whose == ALL:
        title, none = gettext("all of today"), gettext("No trial today.")
        switch, switch_url = gettext("Only mine"), here
    else:
        which = replace(which, booked_by=desk.caller.actor.id)
        filters = {**filters, "booked": "1"}
        title, none = gettext("mine today"), gettext("You have booked no trial for today.")
        switch, switch_url = gettext("All of today"), here + address(whose=ALL)
    lessons, is_more = _first(desk, which, QUEUE_TODAY)
    more_url = _lessons(**filters) if is_more else ""
    return Part(title, none, lessons, more_url, switch=switch, switch_url=switch_url)


def _first(desk: Desk, which: Which, size: int) -> tuple[list[ShownLesson], bool]:
    """Return the first lessons, and whether there are more."""
    rows = booking_queries.list_lessons(actor=desk.caller.actor, which=which, size=size + 1)
    return [show(row=row, now=desk.caller.now) for row in rows[:size]], len(rows) > size


def _lessons(**values: str) -> str:
    return reverse("staff_lessons") + address(**values)


def _midnight(desk: Desk) -> datetime:
    local = desk.caller.now.astimezone(ZoneInfo(desk.zone))
    return local.replace(hour=0, minute=0, second=0, microsecond=0)


def _next_day(midnight: datetime) -> datetime:
    # On the wall clock: a day when clocks change is not of 24 hours.
    return midnight + timedelta(days=1)
