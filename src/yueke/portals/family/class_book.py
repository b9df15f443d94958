"""The sheet that books a seat in an open class."""

from datetime import timedelta

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext

from yueke.booking.classes import places
from yueke.booking.classes.orders import BookPlace, PlaceBooked
from yueke.booking.orders import Order
from yueke.curriculum import queries as curriculum
from yueke.kernel.http_status import STATUS
from yueke.kernel.refusal import Refusal
from yueke.people import channels
from yueke.portals import ids, toasts
from yueke.portals.asked import body_hash, request_key
from yueke.portals.family.classes import class_url, one_class
from yueke.portals.family.onward import onward
from yueke.portals.family.visit import Visit, child_page
from yueke.portals.payment import Way, read_way, ways_to_pay
from yueke.portals.shown_class import ShownClass


@child_page
def book_page(request: HttpRequest, lesson: str, *, visit: Visit) -> HttpResponse:
    """Show the sheet; a post books."""
    channels.require(visit.caller.actor, "book", "open")
    found = one_class(visit, lesson)
    if request.method == "POST":
        return _book(request, visit, found)
    return _show(request, visit, found)


def ways(request: HttpRequest, visit: Visit, found: ShownClass) -> list[Way]:
    """Return the ways to pay for a seat."""
    caller = visit.caller
    facts = curriculum.facts(market_id=caller.actor.market_id, now=caller.now)
    return ways_to_pay(
        actor=caller.actor,
        now=caller.now,
        learner_id=visit.child.pk,
        product=facts[found.row.product],
        wanted=request.POST.get("pay", ""),
    )


def _show(
    request: HttpRequest, visit: Visit, found: ShownClass, refusal: Refusal | None = None
) -> HttpResponse:
    choices = ways(request, visit, found)
    free_until = found.row.starts_at - timedelta(hours=found.row.free_cancel_hours)
    context = {
        "visit": visit,
        "one": found,
        "ways": choices,
        "can_pay": any(way.chosen for way in choices),
        "free_until": free_until if free_until > visit.caller.now else None,
        "refusal": refusal,
    }
    status = STATUS[refusal.kind] if refusal else 200
    return render(request, "portals/family/class_book.html", context, status=status)


def _book(request: HttpRequest, visit: Visit, found: ShownClass) -> HttpResponse:
    caller = visit.caller
    asset, lot_id = read_way(request.POST.get("pay", ""))
    command = BookPlace(visit.child.pk, found.row.class_id, asset, lot_id)
    key, hashed = request_key(request=request), body_hash(request=request)
    [answer] = places.book_places(
        market_id=caller.actor.market_id,
        now=caller.now,
        orders=[Order(caller.actor, key, hashed, [command])],
    )
    if isinstance(answer, Refusal):
        raise answer
    [result] = answer.results
    if not isinstance(result, PlaceBooked):
        return _show(request, visit, one_class(visit, found.id), result)
    undo = reverse("family_undo", args=[ids.SEAT.show(result.seat_id)])
    toasts.say(
        request=request,
        text=gettext("Booked: %(title)s.") % {"title": found.title},
        undo_url=undo if caller.now <= result.free_cancel_until else "",
    )
    return onward(request=request, url=class_url(visit, found.id))
