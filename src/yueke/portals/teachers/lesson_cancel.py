"""The teacher calls a lesson off: seen beforehand, perhaps with another time for the learner."""

from datetime import datetime, timedelta
from functools import partial
from typing import Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods

from yueke.booking import queries as booking_queries
from yueke.booking.call_off import call_off
from yueke.booking.foresight import foresee, scope_of_lesson
from yueke.booking.queries import LessonRow
from yueke.notices.once import Request
from yueke.people import policies
from yueke.portals import ids, toasts
from yueke.portals.access import teacher_page
from yueke.portals.asked import asked, new_key
from yueke.portals.caller import Caller, who_calls
from yueke.portals.family.onward import onward
from yueke.portals.foreseen import Line, effect_lines, lesson_lines, time_lines
from yueke.portals.moments import moment_words
from yueke.portals.teachers.asked_time import asked_wall

REASON_MAX: Final = 200


@teacher_page
@require_http_methods(["GET", "HEAD", "POST"])
def cancel_lesson(request: HttpRequest, seat: str) -> HttpResponse:
    """Show what cancelling a lesson of the teacher's own does, and do it (T-5)."""
    caller = who_calls(request=request)
    row = booking_queries.get_lesson(actor=caller.actor, seat_id=ids.read_seat(seat))
    if request.method == "POST":
        return _cancel(request, caller, row)
    in_force = policies.in_force(market_id=caller.actor.market_id, at=caller.now)
    context = {
        "caller": caller,
        "lesson": row,
        "id": seat,
        "until": row.starts_at + timedelta(minutes=row.minutes),
        "hours": in_force.number("reserved_time_hours"),
        "reason_max": REASON_MAX,
        "lines": _foreseen(caller, row),
    }
    return render(request, "portals/teachers/lesson_cancel.html", context)


def _foreseen(caller: Caller, row: LessonRow) -> list[Line]:
    """Return what becomes of the lesson and of the teacher's time; refuses as it would."""
    market_id, now = caller.actor.market_id, caller.now
    scope = scope_of_lesson(market_id=market_id, lesson_id=row.lesson_id)
    dry = Request(caller.actor, new_key(), b"", now)
    act = partial(call_off, dry, seat_id=row.seat_id)
    foreseen = foresee(scopes=[scope], now=now, act=act)
    [(before, after)] = foreseen.around
    return [
        *lesson_lines(before=before, after=after),
        *time_lines(scope=scope, before=before, after=after),
        *effect_lines(market_id=market_id, effects=foreseen.effects, now=now),
    ]


def _cancel(request: HttpRequest, caller: Caller, row: LessonRow) -> HttpResponse:
    keep = request.POST.get("keep", "")
    answer = call_off(
        asked(request=request, caller=caller),
        seat_id=row.seat_id,
        reserve_at=asked_wall(text=keep, zone=caller.zone) if keep else None,
        reason=request.POST.get("reason", "")[:REASON_MAX],
    )
    first, *_ = answer.all()
    said = gettext("Cancelled: %(when)s.") % {"when": _when(caller, row.starts_at)}
    if first.reserved_at is not None:
        kept = gettext("%(when)s is kept for %(name)s.")
        said += " " + kept % {"when": _when(caller, first.reserved_at), "name": row.learner_name}
    toasts.say(request=request, text=said)
    return onward(request=request, url=reverse("teacher_week"))


def _when(caller: Caller, instant: datetime) -> str:
    return moment_words(instant=instant, zone=caller.zone, this_year=caller.now.year)
