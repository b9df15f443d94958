"""The sheet that books: what, when, with whom, paid how."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext

from yueke.booking import commands as booking_commands
from yueke.booking import queries as booking_queries
from yueke.booking.orders import Booked, BookLesson, Order
from yueke.curriculum import queries as curriculum_queries
from yueke.inventory.queries import FreeTeacher
from yueke.kernel.grid import HALF_HOUR
from yueke.kernel.http_status import STATUS
from yueke.kernel.refusal import Refusal
from yueke.portals import ids, moments, toasts
from yueke.portals.asked import body_hash, request_key
from yueke.portals.family import gone
from yueke.portals.family.look import Look, look_page
from yueke.portals.family.onward import onward
from yueke.portals.family.products import course_name
from yueke.portals.family.shown import level_words
from yueke.portals.family.week import read_instant
from yueke.portals.payment import read_way, ways_to_pay


@dataclass(frozen=True, slots=True)
class Wish:
    """One time of one teacher."""

    teacher_id: int
    at: datetime


@look_page
def confirm_page(request: HttpRequest, *, look: Look) -> HttpResponse:
    """Show the sheet; a post books."""
    if request.method == "POST":
        return _book(request, look, _wish(look, request.POST))
    wish = _wish(look, request.GET)
    teacher = _teacher_then(look, wish)
    if wish.at not in teacher.starts:
        refusal = gone.why_gone(look=look, teacher_id=wish.teacher_id, at=wish.at)
        return gone.show_gone(
            request=request, look=look, teacher_id=wish.teacher_id, at=wish.at, refusal=refusal
        )
    return _show(request, look, wish, teacher)


def _wish(look: Look, asked: QueryDict) -> Wish:
    at = read_instant(asked.get("at", ""), now=look.visit.caller.now)
    if at is None:
        raise Http404
    return Wish(ids.read_teacher(asked.get("teacher", "")), at)


def _teacher_then(look: Look, wish: Wish) -> FreeTeacher:
    return booking_queries.get_free_times(
        actor=look.visit.caller.actor,
        now=look.visit.caller.now,
        search=look.search(begin=wish.at, end=wish.at + HALF_HOUR),
        teacher_id=wish.teacher_id,
    )


def _show(
    request: HttpRequest,
    look: Look,
    wish: Wish,
    teacher: FreeTeacher,
    refusal: Refusal | None = None,
) -> HttpResponse:
    product, course, caller = look.course.product, look.course.course, look.visit.caller
    facts = curriculum_queries.facts(market_id=caller.actor.market_id, now=caller.now)[product.code]
    free_until = wish.at - timedelta(hours=facts.free_cancel_hours)
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
        "teacher": teacher,
        "teacher_id": ids.TEACHER.show(wish.teacher_id),
        "at": request.GET.get("at") or request.POST.get("at"),
        "starts_at": wish.at,
        "until": wish.at + timedelta(minutes=product.minutes),
        "title": level_words(product=course_name(look.course), level=course.level),
        "number": booking_queries.number_then(progress=look.course, at=wish.at),
        "ways": ways,
        "can_pay": any(way.chosen for way in ways),
        "free_until": free_until if free_until > caller.now else None,
        "free_hours": facts.free_cancel_hours,
        "refusal": refusal,
    }
    status = STATUS[refusal.kind] if refusal else 200
    return render(request, "portals/family/confirm.html", context, status=status)


def _book(request: HttpRequest, look: Look, wish: Wish) -> HttpResponse:
    caller = look.visit.caller
    asset, lot_id = read_way(request.POST.get("pay", ""))
    lesson = BookLesson(
        learner_id=look.visit.child.pk,
        teacher_id=wish.teacher_id,
        starts_at=wish.at,
        product=look.product,
        asset=asset,
        lot_id=lot_id,
    )
    key, hashed = request_key(request=request), body_hash(request=request)
    [answer] = booking_commands.book_lessons(
        market_id=caller.actor.market_id,
        now=caller.now,
        orders=[Order(caller.actor, key, hashed, [lesson])],
    )
    if isinstance(answer, Refusal):
        raise answer
    [result] = answer.results
    if isinstance(result, Booked):
        return _booked(request, look, wish, result)
    if result.code in gone.CODES:
        return gone.show_gone(
            request=request, look=look, teacher_id=wish.teacher_id, at=wish.at, refusal=result
        )
    return _show(request, look, wish, _teacher_then(look, wish), result)


def _booked(request: HttpRequest, look: Look, wish: Wish, booked: Booked) -> HttpResponse:
    """Go home and say so, with Undo while cancelling is free."""
    now = look.visit.caller.now
    moment = moments.moment_words(instant=wish.at, zone=look.visit.zone, this_year=now.year)
    undo = reverse("family_undo", args=[ids.SEAT.show(booked.seat_id)])
    toasts.say(
        request=request,
        text=gettext("Booked: %(moment)s with %(teacher)s.")
        % {"moment": moment, "teacher": _teacher_then(look, wish).name},
        undo_url=undo if now <= booked.free_cancel_until else "",
    )
    return onward(request=request, url=look.url("family_home"))
