"""One lesson: what it is, and cancelling it with what comes back said beforehand."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_POST

from yueke.booking import commands as booking_commands
from yueke.booking import queries as booking_queries
from yueke.booking.orders import Cancelled, CancelSeat, Order
from yueke.booking.refusals import LessonAlreadyCancelled, LessonAlreadyStarted
from yueke.kernel.refusal import Refusal
from yueke.people import channels
from yueke.portals import amounts, ids, moments, toasts
from yueke.portals.access import family_page
from yueke.portals.asked import body_hash, request_key
from yueke.portals.caller import Caller, who_calls
from yueke.portals.family.onward import onward
from yueke.portals.family.shown import ShownLesson, show_lesson
from yueke.wallet import queries as wallet_queries


@family_page
def lesson_page(request: HttpRequest, seat: str) -> HttpResponse:
    """Show the lesson."""
    caller = who_calls(request=request)
    lesson = _lesson(caller, seat)
    may_cancel = channels.may(caller.actor.channel, "cancel", "lesson")
    context = {"lesson": lesson, "zone": caller.zone, "may_cancel": may_cancel}
    return render(request, "portals/family/lesson.html", context)


@family_page
def cancel_page(request: HttpRequest, seat: str) -> HttpResponse:
    """Say what comes back and where; a post cancels, unless less comes back than was said."""
    caller = who_calls(request=request)
    lesson = _lesson(caller, seat)
    if request.method != "POST":
        return _show_cancel(request, caller, lesson)
    key, hashed = request_key(request=request), body_hash(request=request)
    said = request.POST.get("refund")
    if lesson.can_cancel and said != str(lesson.refund):
        return _show_cancel(request, caller, lesson, has_changed=True)
    return _cancel(request, caller, lesson, key, hashed)


@family_page
@require_POST
def undo_page(request: HttpRequest, seat: str) -> HttpResponse:
    """Take back a booking just made, while everything comes back."""
    caller = who_calls(request=request)
    lesson = _lesson(caller, seat)
    if lesson.can_cancel and lesson.refund < lesson.row.paid:
        return _show_cancel(request, caller, lesson, has_changed=True)
    # The button lives on one toast only, so that the lesson itself is the key.
    return _cancel(request, caller, lesson, f"undo-{seat}", body_hash(request=request))


def _lesson(caller: Caller, seat: str) -> ShownLesson:
    row = booking_queries.get_lesson(actor=caller.actor, seat_id=ids.read_seat(seat))
    return show_lesson(row=row, now=caller.now)


def _show_cancel(
    request: HttpRequest, caller: Caller, lesson: ShownLesson, *, has_changed: bool = False
) -> HttpResponse:
    if lesson.state == "cancelled":
        raise LessonAlreadyCancelled(lesson.row.seat_id)
    if not lesson.can_cancel:
        raise LessonAlreadyStarted(lesson.row.seat_id)
    lots = wallet_queries.lots_of_seat(market_id=caller.actor.market_id, seat_id=lesson.row.seat_id)
    context = {
        "lesson": lesson,
        "zone": caller.zone,
        "now": caller.now,
        "lots": [lot for lot in lots if lot.expires_at is not None],
        "has_changed": has_changed,
    }
    status = 409 if has_changed else 200
    answer = render(request, "portals/family/cancel.html", context, status=status)
    answer.headers["HX-Retarget"] = "#sheet-content"
    answer.headers["HX-Reswap"] = "innerHTML"
    return answer


def _cancel(
    request: HttpRequest, caller: Caller, lesson: ShownLesson, key: str, hashed: bytes
) -> HttpResponse:
    order = Order(caller.actor, key, hashed, [CancelSeat(lesson.row.seat_id)])
    [answer] = booking_commands.cancel_seats(
        market_id=caller.actor.market_id, now=caller.now, orders=[order]
    )
    if isinstance(answer, Refusal):
        raise answer
    result = answer.only()
    moment = moments.moment_words(
        instant=lesson.row.starts_at, zone=caller.zone, this_year=caller.now.year
    )
    toasts.say(request=request, text=_words(moment, lesson.row.paid, result))
    return onward(request=request, url=reverse("family_home"))


def _words(moment: str, paid: int, done: Cancelled) -> str:
    if not paid:
        return gettext("Cancelled: %(moment)s. It was free.") % {"moment": moment}
    if not done.refunded:
        return gettext("Cancelled: %(moment)s. Nothing came back.") % {"moment": moment}
    amount = amounts.amount_words(value=done.refunded, asset=done.asset)
    facts = {"moment": moment, "amount": amount}
    return gettext("Cancelled: %(moment)s. %(amount)s came back.") % facts
