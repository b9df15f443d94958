"""The sheet that begins a lesson at once: with whom, from when, paid how (H5-11)."""

from datetime import datetime, timedelta

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext

from yueke.booking import queries as booking_queries
from yueke.booking.orders import Booked
from yueke.booking.refusals import NobodyFreeNow
from yueke.booking.start_now import start_now
from yueke.curriculum import queries as curriculum
from yueke.inventory.queries import FreeTeacher
from yueke.kernel.grid import HALF_HOUR
from yueke.notices.once import Request
from yueke.people import channels
from yueke.portals import ids, toasts
from yueke.portals.asked import asked, new_key
from yueke.portals.family.look import Look, look_page
from yueke.portals.family.onward import onward
from yueke.portals.family.products import course_name
from yueke.portals.family.shown import level_words
from yueke.portals.payment import Way, read_way, ways_to_pay
from yueke.portals.stamps import read_stamp


@look_page
def start_now_page(request: HttpRequest, *, look: Look) -> HttpResponse:
    """Show with whom a lesson could begin now; a post books it."""
    channels.require(look.visit.caller.actor, "start-now", look.product)
    if request.method == "POST":
        return _book(request, look)
    return _show(request, look)


def _show(request: HttpRequest, look: Look, *, has_moved: bool = False) -> HttpResponse:
    ways = _ways(look)
    chosen = next((way for way in ways if way.chosen), None)
    context = {"visit": look.visit, "look": look, "ways": ways, "can_pay": chosen is not None}
    context["has_moved"] = has_moved
    if chosen is not None:
        caller, product = look.visit.caller, look.course.product
        dry = Request(caller.actor, new_key(), b"", caller.now, dry_run=True)
        found = _start(dry, look, pay=chosen.value)
        assert found.teacher_id is not None
        context |= {
            "teacher": _teacher(look, found),
            "teacher_id": ids.TEACHER.show(found.teacher_id),
            "starts_at": found.starts_at,
            "until": found.starts_at + timedelta(minutes=product.minutes),
            "number": booking_queries.number_then(progress=look.course, at=found.starts_at),
            "title": level_words(product=course_name(look.course), level=look.course.course.level),
        }
    status = 409 if has_moved else 200
    return render(request, "portals/family/start_now.html", context, status=status)


def _ways(look: Look) -> list[Way]:
    caller = look.visit.caller
    facts = curriculum.facts(market_id=caller.actor.market_id, now=caller.now)
    return ways_to_pay(
        actor=caller.actor,
        now=caller.now,
        learner_id=look.visit.child.pk,
        product=facts[look.product],
        wanted="",
    )


def _start(
    asked_for: Request,
    look: Look,
    *,
    pay: str,
    teacher_id: int | None = None,
    starts_at: datetime | None = None,
) -> Booked:
    asset, lot_id = read_way(pay)
    answer = start_now(
        asked_for,
        learner_id=look.visit.child.pk,
        product=look.product,
        teacher_id=teacher_id,
        starts_at=starts_at,
        asset=asset,
        lot_id=lot_id,
    )
    result = answer.only()
    return result


def _teacher(look: Look, booked: Booked) -> FreeTeacher:
    caller, at = look.visit.caller, booked.starts_at
    assert booked.teacher_id is not None
    search = look.search(begin=at, end=at + HALF_HOUR)
    return booking_queries.get_free_times(
        actor=caller.actor, now=caller.now, search=search, teacher_id=booked.teacher_id
    )


def _book(request: HttpRequest, look: Look) -> HttpResponse:
    """Book with the teacher and from when it was shown, and lead to the lesson."""
    caller = look.visit.caller
    try:
        booked = _start(
            asked(request=request, caller=caller),
            look,
            pay=request.POST.get("pay", ""),
            teacher_id=ids.read_teacher(request.POST.get("teacher", "")),
            starts_at=read_stamp(request.POST.get("at", "")),
        )
    except NobodyFreeNow:
        return _show(request, look, has_moved=True)
    name = _teacher(look, booked).name
    toasts.say(request=request, text=gettext("Your lesson with %(name)s begins.") % {"name": name})
    url = reverse("family_lesson", args=[ids.SEAT.show(booked.seat_id)])
    return onward(request=request, url=url)
