"""Offer the same times every week: the form, a preview of four weeks, and the release."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from yueke.inventory import commands
from yueke.inventory import queries as inventory_queries
from yueke.inventory.orders import Released
from yueke.inventory.rules import offer
from yueke.inventory.rules import pattern as rules
from yueke.kernel.refusal import Refusal
from yueke.portals import toasts
from yueke.portals.access import teacher_page
from yueke.portals.asked import asked
from yueke.portals.caller import Caller, who_calls
from yueke.portals.teachers.pattern_form import LINES_MAX, PatternForm
from yueke.portals.teachers.pattern_preview import preview


@teacher_page
@require_http_methods(["GET", "HEAD", "POST"])
def pattern(request: HttpRequest) -> HttpResponse:
    """Show the form with its preview; a POST releases what the preview shows."""
    caller = who_calls(request=request)
    today = caller.now.astimezone(ZoneInfo(caller.zone)).date()
    fields = request.POST if request.method == "POST" else request.GET
    form = PatternForm(fields, today=today)
    if request.method == "POST" and form.is_asked:
        return _release(request, caller, form)
    context = {
        "caller": caller,
        "form": form,
        "may_add": len(form.lines) < LINES_MAX,
        **_preview(caller, form),
    }
    is_htmx = request.headers.get("HX-Request") == "true"
    name = "pattern_preview" if is_htmx else "pattern"
    status = 422 if request.method == "POST" and form.errors else 200
    return render(request, f"portals/teachers/{name}.html", context, status=status)


def _preview(caller: Caller, form: PatternForm) -> dict[str, object]:
    """Return what the pattern would do: nothing yet, why it cannot be, or its weeks."""
    if not form.is_asked:
        return {}
    try:
        ahead = _planned(caller, form)
    except Refusal as refusal:
        return {"refusal": refusal}
    known = _known(caller, ahead)
    return {
        "weeks": preview(
            starts=ahead,
            known=known,
            stretches=form.stretches,
            zone=caller.zone,
            first=form.first,
            last=form.last,
        ),
        "new": sum(start not in known for start in ahead),
        "known": sum(start in known for start in ahead),
    }


def _planned(caller: Caller, form: PatternForm) -> list[datetime]:
    """Return the half-hours that the room would offer; refuses what it would refuse."""
    offer.check_last_day(form.last, caller.now)
    first = max(form.first, caller.now.date() - timedelta(days=1))
    starts = rules.expand(form.stretches, zone=caller.zone, first=first, last=form.last)
    ahead = [start for start in starts if start > caller.now]
    offer.check_count(ahead)
    return [start for start in ahead if offer.why_not_release(start, caller.now) is None]


def _known(caller: Caller, starts: Sequence[datetime]) -> set[datetime]:
    """Return those of the half-hours, in order of time, that are offered already."""
    assert caller.actor.teacher_id is not None
    if not starts:
        return set()
    slots = inventory_queries.slots_of_teacher(
        market_id=caller.actor.market_id,
        teacher_id=caller.actor.teacher_id,
        begin=starts[0],
        end=starts[-1] + timedelta(minutes=1),
    )
    return set(slots.values_list("starts_at", flat=True))


def _release(request: HttpRequest, caller: Caller, form: PatternForm) -> HttpResponse:
    assert caller.actor.teacher_id is not None
    answer = commands.release_pattern(
        asked(request=request, caller=caller),
        teacher_id=caller.actor.teacher_id,
        stretches=form.stretches,
        first=form.first,
        last=form.last,
    )
    done = [result for result in answer.results if isinstance(result, Released)]
    refused = [result for result in answer.results if isinstance(result, Refusal)]
    if refused and not done:
        raise refused[0]
    new = sum(result.is_new for result in done)
    text = ngettext(
        "%(count)s new half-hour can be booked now.",
        "%(count)s new half-hours can be booked now.",
        new,
    )
    toasts.say(request=request, text=text % {"count": new})
    return redirect("teacher_week")
