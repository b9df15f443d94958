"""A trial for a new learner: a time is chosen, the teacher is found at entry (H5-12)."""

from datetime import datetime, timedelta
from itertools import groupby
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext

from yueke.curriculum.rules import TRIAL
from yueke.kernel.http_status import STATUS
from yueke.kernel.refusal import Refusal
from yueke.people import channels
from yueke.portals import moments, toasts
from yueke.portals.asked import asked
from yueke.portals.family import addresses
from yueke.portals.family.onward import onward
from yueke.portals.family.visit import Visit, child_page
from yueke.portals.family.week import local_day, read_instant
from yueke.supply.overbooking import queries
from yueke.supply.overbooking.overbook import overbook

AHEAD = timedelta(days=7)


@child_page
def trial_page(request: HttpRequest, *, visit: Visit) -> HttpResponse:
    """Show the half-hours of the coming week at which a trial can be booked."""
    channels.require(visit.caller.actor, "overbook", TRIAL)
    rooms = queries.rooms(
        actor=visit.caller.actor,
        product=TRIAL,
        begin=visit.caller.now + timedelta(minutes=30),
        end=visit.caller.now + AHEAD,
    )
    times = [_time(visit, room.starts_at) for room, _ in rooms if room.left]
    by_day = groupby(times, lambda one: local_day(instant=one["at"], zone=visit.zone))
    days = [list(group) for _, group in by_day]
    return render(request, "portals/family/trial.html", {"visit": visit, "days": days})


@child_page
def trial_book(request: HttpRequest, *, visit: Visit) -> HttpResponse:
    """Show the sheet; a post books the trial."""
    fields = request.POST if request.method == "POST" else request.GET
    at = read_instant(fields.get("at", ""), now=visit.caller.now)
    if at is None:
        raise Http404
    return _book(request, visit, at) if request.method == "POST" else _show(request, visit, at)


def _time(visit: Visit, at: datetime) -> dict[str, Any]:
    url = addresses.with_query(
        reverse("family_trial_book"), learner=visit.child_id, at=addresses.stamp(at)
    )
    return {"at": at, "url": url}


def _show(
    request: HttpRequest, visit: Visit, at: datetime, refusal: Refusal | None = None
) -> HttpResponse:
    context = {
        "visit": visit,
        "at": addresses.stamp(at),
        "starts_at": at,
        "refusal": refusal,
    }
    status = STATUS[refusal.kind] if refusal else 200
    return render(request, "portals/family/trial_book.html", context, status=status)


def _book(request: HttpRequest, visit: Visit, at: datetime) -> HttpResponse:
    caller = visit.caller
    answer = overbook(
        asked(request=request, caller=caller), learner_id=visit.child.pk, starts_at=at
    )
    [result] = answer.results
    if isinstance(result, Refusal):
        return _show(request, visit, at, result)
    moment = moments.moment_words(instant=at, zone=visit.zone, this_year=caller.now.year)
    words = gettext("Trial booked: %(moment)s. We find the teacher when you enter.")
    toasts.say(request=request, text=words % {"moment": moment})
    return onward(request=request, url=reverse("family_home"))
