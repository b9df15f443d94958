"""The last step of booking for a learner: who, when, what it costs, why; then it is booked."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods

from yueke.booking import commands as booking
from yueke.booking.foresight import Scope, foresee
from yueke.booking.orders import Booked, BookLesson, Order
from yueke.booking.queries import number_then
from yueke.curriculum import queries as curriculum_queries
from yueke.curriculum.models import LearningProgress
from yueke.kernel.grid import cells_of
from yueke.kernel.http_status import STATUS
from yueke.kernel.outcome import Answer
from yueke.kernel.refusal import Refusal
from yueke.people import channels
from yueke.people.models import Learner, Teacher
from yueke.portals import ids
from yueke.portals.access import staff_page
from yueke.portals.asked import body_hash, new_key, request_key
from yueke.portals.foreseen import Line, groups
from yueke.portals.payment import Way, read_way, ways_to_pay
from yueke.portals.staff import teacher as teacher_page
from yueke.portals.staff.book import chosen_course, courses_to_book
from yueke.portals.staff.desk import Desk, sit_down
from yueke.portals.staff.learner import find
from yueke.portals.staff.onward import onward
from yueke.portals.staff.reason import ReasonForm
from yueke.portals.stamps import read_stamp


@dataclass(frozen=True, slots=True)
class Wish:
    """A lesson that is about to be booked."""

    learner: Learner
    teacher: Teacher
    course: LearningProgress
    at: datetime
    # Also time that the teacher has not offered (F-1).
    is_forced: bool


@staff_page
@require_http_methods(["GET", "HEAD", "POST"])
def confirm(request: HttpRequest, learner: str) -> HttpResponse:
    """Show the sheet; a POST with a reason books."""
    desk = sit_down(request=request, see="learners")
    wish = _wish(request, desk, learner)
    is_post = request.method == "POST"
    form = ReasonForm(request.POST if is_post else None)
    refusal = None
    if is_post and form.is_valid():
        booked = _book(request, desk, wish, form.cleaned_data["reason"])
        if isinstance(booked, Booked):
            url = reverse("staff_lesson", args=[ids.SEAT.show(booked.seat_id)])
            text = gettext("Booked for %(name)s.") % {"name": wish.learner.name}
            return onward(request=request, text=text, url=url)
        refusal = booked
    status = 422 if form.errors else 200
    return _show(request, desk, wish, form, refusal, STATUS[refusal.kind] if refusal else status)


def _wish(request: HttpRequest, desk: Desk, learner: str) -> Wish:
    fields = request.POST if request.method == "POST" else request.GET
    code = fields.get("product", "")
    is_forced = fields.get("force") == "1"
    channels.require(desk.caller.actor, "force" if is_forced else "book", code)
    person = find(desk=desk, learner=learner)
    progress = list(curriculum_queries.progress_of(learner_ids=[person.pk]))
    courses = courses_to_book(desk=desk, progress=progress)
    at = read_stamp(fields.get("at", ""))
    if at is None:
        raise Http404
    return Wish(
        learner=person,
        teacher=teacher_page.find(desk=desk, teacher=fields.get("teacher", "")),
        course=chosen_course(courses=courses, code=code),
        at=at,
        is_forced=is_forced,
    )


def _show(
    request: HttpRequest,
    desk: Desk,
    wish: Wish,
    form: ReasonForm,
    refusal: Refusal | None,
    status: int,
) -> HttpResponse:
    product, now = wish.course.product, desk.caller.now
    facts = curriculum_queries.facts(market_id=desk.market_id, now=now)[product.code]
    ways = ways_to_pay(
        actor=desk.caller.actor,
        now=now,
        learner_id=wish.learner.pk,
        product=facts,
        wanted=request.POST.get("pay", ""),
    )
    free_until = wish.at - timedelta(hours=facts.free_cancel_hours)
    context = {
        "desk": desk,
        "wish": wish,
        "id": ids.LEARNER.show(wish.learner.pk),
        "teacher_id": ids.TEACHER.show(wish.teacher.pk),
        "at": request.POST.get("at") or request.GET.get("at"),
        "number": number_then(progress=wish.course, at=wish.at),
        "until": wish.at + timedelta(minutes=product.minutes),
        "ways": ways,
        "can_pay": any(way.chosen for way in ways),
        "free_until": free_until if free_until > now else None,
        "form": form,
        "refusal": refusal,
    }
    if refusal is None:
        try:
            context["lines"] = _foreseen(desk, wish, ways)
        except Refusal as found:
            context["refusal"], status = found, STATUS[found.kind]
    return render(request, "portals/staff/confirm.html", context, status=status)


def _foreseen(desk: Desk, wish: Wish, ways: Sequence[Way]) -> list[Line]:
    """Return what becomes of the lesson, the time and the wallet; refuses as booking would."""
    chosen = next((way for way in ways if way.chosen), None)
    if chosen is None:
        return []
    product = wish.course.product
    times = cells_of(wish.at, product.cells)
    scope = Scope(desk.market_id, product.pk, times, [wish.learner.pk], [wish.teacher.pk])
    lesson = _lesson(wish, chosen.asset, chosen.lot_id, "")
    order = Order(desk.caller.actor, new_key(), b"", [lesson])

    def act() -> Answer[Booked] | Refusal:
        return booking.book_lessons(market_id=desk.market_id, now=desk.caller.now, orders=[order])[
            0
        ]

    foreseen = foresee(scopes=[scope], now=desk.caller.now, act=act)
    [group] = groups(
        sees_wallet=desk.allowed.sees_wallet, scopes=[scope], foreseen=foreseen, now=desk.caller.now
    )
    return group.lines


def _lesson(wish: Wish, asset: str, lot_id: int | None, reason: str) -> BookLesson:
    return BookLesson(
        learner_id=wish.learner.pk,
        teacher_id=wish.teacher.pk,
        starts_at=wish.at,
        product=wish.course.product.code,
        asset=asset,
        lot_id=lot_id,
        reason=reason,
        force=wish.is_forced,
        keep=False if wish.is_forced else None,
        permission="force" if wish.is_forced else "book",
    )


def _book(request: HttpRequest, desk: Desk, wish: Wish, reason: str) -> Booked | Refusal:
    asset, lot_id = read_way(request.POST.get("pay", ""))
    lesson = _lesson(wish, asset, lot_id, reason)
    key, hashed = request_key(request=request), body_hash(request=request)
    order = Order(desk.caller.actor, key, hashed, [lesson])
    (answer,) = booking.book_lessons(market_id=desk.market_id, now=desk.caller.now, orders=[order])
    if isinstance(answer, Refusal):
        raise answer
    (result,) = answer.results
    return result
