"""The teacher's lessons, to come or past, in their own zone; searched and taken away."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Final
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from yueke.booking import queries as booking_queries
from yueke.booking.queries import LessonRow, Which
from yueke.portals import ids, states
from yueke.portals.access import teacher_page
from yueke.portals.caller import Caller, who_calls
from yueke.portals.exports import export
from yueke.portals.lesson_state import lesson_state
from yueke.portals.product_names import product_name

PAGE: Final = 30
EXPORT_MAX: Final = 5000
# A lesson that has begun still stands among those to come until it is over.
LONGEST_LESSON = timedelta(hours=4)


@teacher_page
@require_safe
def lessons(request: HttpRequest) -> HttpResponse:
    """List lessons to come, or with `?past=1` those before; `?format=` takes them away."""
    caller = who_calls(request=request)
    past = request.GET.get("past") == "1"
    text = request.GET.get("q", "").strip()
    if "format" in request.GET:
        return _file(request, caller, _which(caller, text=text, past=past))
    which = _which(caller, text=text, past=past, after=request.GET.get("after", ""))
    rows = booking_queries.list_lessons(actor=caller.actor, which=which, size=PAGE + 1)
    shown = rows[:PAGE]
    fields = {"q": text, **({"past": "1"} if past else {})}
    more = {**fields, "after": ids.SEAT.show(shown[-1].seat_id)} if len(rows) > PAGE else None
    lines = [_shown(row, caller) for row in shown]
    context = {
        "caller": caller,
        "rows": [line for line in lines if past or line["state"] != "finished"],
        "past": past,
        "text": text,
        "more_url": f"?{urlencode(more)}" if more else "",
        "export_url": f"?{urlencode({**fields, 'format': 'csv'})}",
        "xlsx_url": f"?{urlencode({**fields, 'format': 'xlsx'})}",
        "filters": format_html('<input type="hidden" name="past" value="1">') if past else "",
        "state": "" if shown else "empty",
    }
    return render(request, "portals/teachers/lessons.html", context)


@teacher_page
@require_safe
def lesson(request: HttpRequest, seat: str) -> HttpResponse:
    """Show one lesson of the teacher's own."""
    caller = who_calls(request=request)
    row = booking_queries.get_lesson(actor=caller.actor, seat_id=ids.read_seat(seat))
    context = {
        **_shown(row, caller),
        "caller": caller,
        "back": reverse("teacher_lessons"),
    }
    return render(request, "portals/teachers/lesson.html", context)


def _which(caller: Caller, *, text: str, past: bool, after: str = "") -> Which:
    start = None
    if after:
        row = booking_queries.get_lesson(actor=caller.actor, seat_id=ids.read_seat(after))
        start = (row.starts_at, row.seat_id)
    return Which(
        teacher_id=caller.actor.teacher_id,
        begin=None if past else caller.now - LONGEST_LESSON,
        end=caller.now if past else None,
        state=None if past else "live",
        text=text,
        after=start,
        newest_first=past,
    )


def _shown(row: LessonRow, caller: Caller) -> dict[str, object]:
    return {
        "lesson": row,
        "id": ids.SEAT.show(row.seat_id),
        "until": row.starts_at + timedelta(minutes=row.minutes),
        "state": lesson_state(row=row, now=caller.now),
    }


def _file(request: HttpRequest, caller: Caller, which: Which) -> HttpResponse:
    head = [
        gettext("Begins (%(zone)s)") % {"zone": caller.zone},
        gettext("Minutes"),
        gettext("Learner"),
        gettext("Lesson"),
        gettext("Level"),
        gettext("State"),
    ]
    return export(request=request, name="lessons", head=head, rows=_lines(caller, which))


def _lines(caller: Caller, which: Which) -> Iterator[list[str | int]]:
    zone = ZoneInfo(caller.zone)
    rows = booking_queries.list_lessons(actor=caller.actor, which=which, size=EXPORT_MAX)
    for row in rows:
        yield [
            f"{row.starts_at.astimezone(zone):%Y-%m-%d %H:%M}",
            row.minutes,
            row.learner_name,
            product_name(thing=row),
            "" if row.level is None else row.level,
            str(states.WORDS[lesson_state(row=row, now=caller.now)]),
        ]
