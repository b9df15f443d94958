"""Cancel a lesson for a learner: what comes back is shown before it is done."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods

from yueke.booking import commands as booking
from yueke.booking import queries as booking_queries
from yueke.booking.foresight import foresee, scope_of_lesson
from yueke.booking.orders import Cancelled, CancelSeat, Order
from yueke.booking.queries import LessonRow
from yueke.booking.rules.cancel import refund_of
from yueke.kernel.outcome import Answer
from yueke.kernel.refusal import Refusal
from yueke.people import channels, policies
from yueke.portals import ids
from yueke.portals.access import staff_page
from yueke.portals.amounts import amount_words
from yueke.portals.asked import body_hash, new_key, request_key
from yueke.portals.foreseen import Line, groups
from yueke.portals.staff.desk import Desk, sit_down
from yueke.portals.staff.lesson_rows import show
from yueke.portals.staff.onward import changed
from yueke.portals.staff.reason import ReasonForm


@staff_page
@require_http_methods(["GET", "HEAD", "POST"])
def cancel(request: HttpRequest, seat: str) -> HttpResponse:
    """Show the sheet; a POST with a reason cancels."""
    desk = sit_down(request=request, see="lessons")
    channels.require_for_some(desk.caller.actor, "cancel", "lesson")
    row = booking_queries.get_lesson(actor=desk.caller.actor, seat_id=ids.read_seat(seat))
    channels.require_for(desk.caller.actor, "cancel", "lesson", row.product)
    form = ReasonForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        return _cancel(request, desk, row, form.cleaned_data["reason"])
    context = {
        "desk": desk,
        "lesson": show(row=row, now=desk.caller.now),
        "row": row,
        "id": seat,
        "refund": _refund(desk, row),
        "lines": _foreseen(desk, row),
        "form": form,
    }
    status = 422 if form.errors else 200
    return render(request, "portals/staff/cancel.html", context, status=status)


def _refund(desk: Desk, row: LessonRow) -> int:
    in_force = policies.in_force(market_id=desk.market_id, at=row.starts_at)
    return refund_of(
        side=channels.side(desk.allowed.channel),
        paid=row.paid if row.state == "live" else 0,
        starts_at=row.starts_at,
        free_hours=row.free_cancel_hours,
        now=desk.caller.now,
        company_refunds=in_force.text("company_cancel") == "refunded",
    )


def _foreseen(desk: Desk, row: LessonRow) -> list[Line]:
    """Return what would happen; refuses as cancelling would."""
    now, actor = desk.caller.now, desk.caller.actor
    scope = scope_of_lesson(
        market_id=desk.market_id,
        lesson_id=row.lesson_id,
        learner_ids=[row.learner_id] if row.state == "live" else [],
    )
    order = Order(actor, new_key(), b"", [CancelSeat(row.seat_id)])

    def act() -> Answer[Cancelled] | Refusal:
        [answer] = booking.cancel_seats(market_id=desk.market_id, now=now, orders=[order])
        return answer

    foreseen = foresee(scopes=[scope], now=now, act=act)
    [group] = groups(
        sees_wallet=desk.allowed.sees_wallet, scopes=[scope], foreseen=foreseen, now=now
    )
    return group.lines


def _cancel(request: HttpRequest, desk: Desk, row: LessonRow, reason: str) -> HttpResponse:
    key, hashed = request_key(request=request), body_hash(request=request)
    order = Order(desk.caller.actor, key, hashed, [CancelSeat(row.seat_id, reason)])
    (answer,) = booking.cancel_seats(market_id=desk.market_id, now=desk.caller.now, orders=[order])
    if isinstance(answer, Refusal):
        raise answer
    result = answer.only()
    url = reverse("staff_lesson", args=[ids.SEAT.show(row.seat_id)])
    return changed(request=request, text=_words(desk, row, result), url=url)


def _words(desk: Desk, row: LessonRow, result: Cancelled) -> str:
    if not desk.allowed.sees_wallet:
        return gettext("Cancelled.")
    back = amount_words(value=result.refunded, asset=result.asset)
    text = gettext("Cancelled. %(amount)s came back to %(name)s.")
    return text % {"amount": back, "name": row.learner_name}
