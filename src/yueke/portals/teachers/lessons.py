"""The teacher's lessons, to come or past, in their own zone; searched and taken away."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import timedelta
from typing import Final
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from yueke.booking import queries as booking_queries
from yueke.booking.queries import LessonRow, Which
from yueke.portals import ids, states
from yueke.portals.access import teacher_page
from yueke.portals.caller import Caller, who_calls
from yueke.portals.exports import export
from yueke.portals.lesson_lists import list_past, list_to_come
from yueke.portals.lesson_state import lesson_state
from yueke.portals.product_names import product_name

PAGE: Final = 30
EXPORT_MAX: Final = 5000
# A search among past lessons stays among them.
PAST_FIELD: Final = SafeString('<input type="hidden" name="past" value="1">')


@teacher_page
@require_safe
def lessons(request: HttpRequest) -> HttpResponse:
    """List lessons to come, or with `?past=1` those before; `?format=` takes them away."""
    caller = who_calls(request=request)
    past = request.GET.get("past") == "1"
    text = request.GET.get("q", "").strip()
    if "format" in request.GET:
        return _file(request, caller, _rows(caller, text=text, past=past, size=EXPORT_MAX))
    after = request.GET.get("after", "")
    rows = _rows(caller, text=text, past=past, after=after, size=PAGE + 1)
    shown = rows[:PAGE]
    fields = {"q": text, **({"past": "1"} if past else {})}
    more = {**fields, "after": ids.SEAT.show(shown[-1].seat_id)} if len(rows) > PAGE else None
    context = {
        "caller": caller,
        "rows": [_shown(row, caller) for row in shown],
        "past": past,
        "text": text,
        "more_url": f"?{urlencode(more)}" if more else "",
        "export_url": f"?{urlencode({**fields, 'format': 'csv'})}",
        "xlsx_url": f"?{urlencode({**fields, 'format': 'xlsx'})}",
        "filters": PAST_FIELD if past else "",
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


def _rows(caller: Caller, *, text: str, past: bool, size: int, after: str = "") -> list[LessonRow]:
    start = None
    if after:
        row = booking_queries.get_lesson(actor=caller.actor, seat_id=ids.read_seat(after))
        start = (row.starts_at, row.seat_id)
    which = Which(teacher_id=caller.actor.teacher_id, text=text, after=start)
    if past:
        return list_past(actor=caller.actor, now=caller.now, which=which, size=size)
    live = replace(which, state="live")
    return list_to_come(actor=caller.actor, now=caller.now, which=live, size=size)


def _shown(row: LessonRow, caller: Caller) -> dict[str, object]:
    return {
        "lesson": row,
        "id": ids.SEAT.show(row.seat_id),
        "until": row.starts_at + timedelta(minutes=row.minutes),
        "state": lesson_state(row=row, now=caller.now),
    }


def _file(request: HttpRequest, caller: Caller, rows: Sequence[LessonRow]) -> HttpResponse:
    head = [
        gettext("Begins (%(zone)s)") % {"zone": caller.zone},
        gettext("Minutes"),
        gettext("Learner"),
        gettext("Lesson"),
        gettext("Level"),
        gettext("State"),
    ]
    return export(request=request, name="lessons", head=head, rows=_lines(caller, rows))


def _lines(caller: Caller, rows: Sequence[LessonRow]) -> Iterator[list[str | int]]:
    zone = ZoneInfo(caller.zone)
    for row in rows:
        yield [
            f"{row.starts_at.astimezone(zone):%Y-%m-%d %H:%M}",
            row.minutes,
            row.learner_name,
            product_name(thing=row),
            "" if row.level is None else row.level,
            str(states.WORDS[lesson_state(row=row, now=caller.now)]),
        ]
