"""Book a seat in a class for a learner: whom, paid with what, why."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods

from yueke.booking.classes import hand_over, places, queries
from yueke.booking.classes.orders import BookPlace, PlaceBooked
from yueke.booking.effects import rehearsed
from yueke.booking.orders import Order
from yueke.curriculum import queries as curriculum
from yueke.kernel.http_status import STATUS
from yueke.kernel.refusal import Refusal
from yueke.people import queries as people
from yueke.people.models import Learner
from yueke.portals import ids
from yueke.portals.access import staff_page
from yueke.portals.asked import body_hash, new_key, request_key
from yueke.portals.foreseen import Line, effect_lines
from yueke.portals.payment import read_way, ways_to_pay
from yueke.portals.shown_class import ShownClass
from yueke.portals.staff.desk import Desk, sit_down
from yueke.portals.staff.learner import find
from yueke.portals.staff.onward import onward
from yueke.portals.staff.reason import ReasonForm

SHOWN = 20


@staff_page
@require_http_methods(["GET", "HEAD", "POST"])
def class_book(request: HttpRequest, lesson: str) -> HttpResponse:
    """Choose the learner, then how it is paid; a POST books."""
    desk = sit_down(request=request, see="classes")
    actor = desk.caller.actor
    hand_over.require(actor=actor, command="book", of="open", now=desk.caller.now)
    row = queries.get_class(actor=actor, class_id=ids.read_class(lesson))
    one = ShownClass(row, desk.caller.now)
    fields = request.POST if request.method == "POST" else request.GET
    if not fields.get("learner"):
        name = request.GET.get("q", "").replace("\0", "").strip()
        found = people.find_learners(actor=actor, text=name)[:SHOWN]
        rows = [{"learner": who, "id": ids.LEARNER.show(who.pk)} for who in found]
        context = {"desk": desk, "one": one, "name": name, "rows": rows, "url": request.path}
        return render(request, "portals/staff/class_learner.html", context)
    learner = find(desk=desk, learner=fields["learner"])
    form = ReasonForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        booked = _book(request, desk, one, learner, form.cleaned_data["reason"])
        if isinstance(booked, PlaceBooked):
            text = gettext("Booked for %(name)s.") % {"name": learner.name}
            return onward(request=request, text=text, url=reverse("staff_class", args=[lesson]))
        return _show(request, desk, one, learner, form, booked)
    return _show(request, desk, one, learner, form, None)


def _show(
    request: HttpRequest,
    desk: Desk,
    one: ShownClass,
    learner: Learner,
    form: ReasonForm,
    refusal: Refusal | None,
) -> HttpResponse:
    facts = curriculum.facts(market_id=desk.market_id, now=desk.caller.now)
    ways = ways_to_pay(
        actor=desk.caller.actor,
        now=desk.caller.now,
        learner_id=learner.pk,
        product=facts[one.row.product],
        wanted=request.POST.get("pay", ""),
    )
    context = {
        "desk": desk,
        "one": one,
        "learner": learner,
        "learner_id": ids.LEARNER.show(learner.pk),
        "form": form,
        "ways": ways,
        "can_pay": any(way.chosen for way in ways),
        "refusal": refusal,
        "url": request.path,
    }
    chosen = next((way for way in ways if way.chosen), None)
    if refusal is None and chosen is not None:
        command = BookPlace(learner.pk, one.row.class_id, chosen.asset, chosen.lot_id)
        try:
            context["lines"] = _foreseen(desk, command)
        except Refusal as found:
            refusal = context["refusal"] = found
    status = STATUS[refusal.kind] if refusal else 422 if form.errors else 200
    return render(request, "portals/staff/class_book.html", context, status=status)


def _foreseen(desk: Desk, command: BookPlace) -> list[Line]:
    """Return what booking does to others; refuses as it would."""
    order = Order(desk.caller.actor, new_key(), b"", [command])

    def act() -> None:
        booked = _booked(desk, order)
        if isinstance(booked, Refusal):
            raise booked

    _, effects = rehearsed(market_id=desk.market_id, act=act)
    return effect_lines(market_id=desk.market_id, effects=effects, now=desk.caller.now)


def _book(
    request: HttpRequest, desk: Desk, one: ShownClass, learner: Learner, reason: str
) -> PlaceBooked | Refusal:
    asset, lot_id = read_way(request.POST.get("pay", ""))
    command = BookPlace(learner.pk, one.row.class_id, asset, lot_id, reason)
    key, hashed = request_key(request=request), body_hash(request=request)
    return _booked(desk, Order(desk.caller.actor, key, hashed, [command]))


def _booked(desk: Desk, order: Order[BookPlace]) -> PlaceBooked | Refusal:
    [answer] = places.book_places(market_id=desk.market_id, now=desk.caller.now, orders=[order])
    return answer if isinstance(answer, Refusal) else answer.results[0]
