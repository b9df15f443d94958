"""The sheet that books the child's own teacher, also in time nobody else may book yet (H5-10)."""

from datetime import datetime, timedelta

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext

from yueke.curriculum import queries as curriculum
from yueke.kernel.http_status import STATUS
from yueke.kernel.refusal import Refusal
from yueke.people import queries as people
from yueke.portals import ids, moments, toasts
from yueke.portals.asked import asked
from yueke.portals.family import addresses
from yueke.portals.family.dedicated import own_teacher
from yueke.portals.family.look import Look, look_page
from yueke.portals.family.onward import onward
from yueke.portals.family.week import read_instant
from yueke.portals.payment import read_way, ways_to_pay
from yueke.supply.dedicated.priority import book_priority
from yueke.supply.dedicated.refusals import NoDedicatedTeacher


@look_page
def dedicated_book(request: HttpRequest, *, look: Look) -> HttpResponse:
    """Show the sheet; a post books."""
    fields = request.POST if request.method == "POST" else request.GET
    at = read_instant(fields.get("at", ""), now=look.visit.caller.now)
    if at is None:
        raise Http404
    return _book(request, look, at) if request.method == "POST" else _show(request, look, at)


def _show(
    request: HttpRequest, look: Look, at: datetime, refusal: Refusal | None = None
) -> HttpResponse:
    caller, product = look.visit.caller, look.course.product
    mine = own_teacher(look)
    if mine is None:
        raise NoDedicatedTeacher(look.visit.child.pk, look.product)
    facts = curriculum.facts(market_id=caller.actor.market_id, now=caller.now)[product.code]
    free_until = at - timedelta(hours=facts.free_cancel_hours)
    ways = ways_to_pay(
        actor=caller.actor,
        now=caller.now,
        learner_id=look.visit.child.pk,
        product=facts,
        wanted=request.POST.get("pay", ""),
    )
    context = {
        "visit": look.visit,
        "look": look,
        "teacher": people.get_teacher_of_market(
            market_id=mine.market_id, teacher_id=mine.teacher_id
        ),
        "at": addresses.stamp(at),
        "starts_at": at,
        "until": at + timedelta(minutes=product.minutes),
        "ways": ways,
        "can_pay": any(way.chosen for way in ways),
        "free_until": free_until if free_until > caller.now else None,
        "refusal": refusal,
    }
    status = STATUS[refusal.kind] if refusal else 200
    return render(request, "portals/family/dedicated_book.html", context, status=status)


def _book(request: HttpRequest, look: Look, at: datetime) -> HttpResponse:
    caller = look.visit.caller
    asset, lot_id = read_way(request.POST.get("pay", ""))
    answer = book_priority(
        asked(request=request, caller=caller),
        learner_id=look.visit.child.pk,
        product=look.product,
        starts_at=at,
        asset=asset,
        lot_id=lot_id,
    )
    [result] = answer.results
    if isinstance(result, Refusal):
        return _show(request, look, at, result)
    moment = moments.moment_words(instant=at, zone=look.visit.zone, this_year=caller.now.year)
    undo = reverse("family_undo", args=[ids.SEAT.show(result.seat_id)])
    words = gettext("Booked: %(moment)s.") % {"moment": moment}
    toasts.say(request=request, text=words, undo_url=undo)
    return onward(request=request, url=reverse("family_home"))
