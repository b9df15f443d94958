"""The sheet of a deed with a lesson: who takes it, what will happen, why; then it is done."""

from collections.abc import Sequence
from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from yueke.booking import queries as booking_queries
from yueke.booking.deeds import Particulars, do
from yueke.booking.foresight import foresee, scope_of_lesson
from yueke.booking.orders import PlaceTaken
from yueke.booking.queries import LessonRow
from yueke.curriculum import queries as curriculum
from yueke.kernel.outcome import Answer
from yueke.notices.once import Request
from yueke.people import channels
from yueke.portals import asked, ids
from yueke.portals.access import staff_page
from yueke.portals.foreseen import Group, groups
from yueke.portals.payment import Way, read_way, ways_to_pay
from yueke.portals.staff.desk import Desk, sit_down
from yueke.portals.staff.lesson_choices import Chosen
from yueke.portals.staff.lesson_deeds import LESSON_DEEDS, LessonDeed, way_back
from yueke.portals.staff.lesson_rows import show
from yueke.portals.staff.onward import changed, onward
from yueke.portals.staff.reason import ReasonForm

CHOSEN = "chosen"
PAY = "pay"


@staff_page
@require_http_methods(["GET", "HEAD", "POST"])
def lesson_do(request: HttpRequest, seat: str, deed: str) -> HttpResponse:
    """Show what will happen; a POST does it."""
    desk, found, row = _allowed(request, seat, deed)
    is_post = request.method == "POST"
    fields = request.POST if is_post else request.GET
    context = {
        "desk": desk,
        "deed": found,
        "lesson": show(row=row, now=desk.caller.now),
        "row": row,
        "id": seat,
        "url": request.path,
    }
    if found.chooses and not fields.get(CHOSEN):
        name = fields.get("q", "").strip()
        context |= {"name": name, "choices": found.chooses.choices(desk, row, name)}
        return render(request, "portals/staff/lesson_choose.html", context)
    chosen = _chosen(desk, found, fields)
    ways = _ways(desk, found, row, chosen, fields)
    form = ReasonForm(request.POST if is_post else None, is_asked=found.asks_why)
    if is_post and form.is_valid():
        reason, terms = form.cleaned_data["reason"], _terms(found, fields.get(PAY, ""))
        particulars = _particulars(row, chosen, reason, terms)
        answer = do(found.act, asked.asked(request=request, caller=desk.caller), particulars)
        undo_url = _undo_url(desk, found, row, fields.get(CHOSEN, ""))
        return _done(request, found, row, answer, undo_url)
    context |= {
        "form": form,
        "chosen": chosen,
        "value": fields.get(CHOSEN, ""),
        "ways": ways,
        "groups": _foreseen(desk, found, row, chosen, ways),
    }
    status = 422 if form.errors else 200
    return render(request, "portals/staff/lesson_do.html", context, status=status)


@staff_page
@require_POST
def lesson_undo(request: HttpRequest, seat: str, deed: str) -> HttpResponse:
    """Carry out the deed that stands in the address, as the Undo of its opposite."""
    desk, found, row = _allowed(request, seat, deed)
    particulars = _particulars(row, _chosen(desk, found, request.GET), "", {})
    change = asked.asked_in_address(request=request, caller=desk.caller)
    return _done(request, found, row, do(found.act, change, particulars))


def _done(
    request: HttpRequest, deed: LessonDeed, row: LessonRow, answer: Answer[Any], undo_url: str = ""
) -> HttpResponse:
    """Say what was done; who lost their seat and has one again is met on the page of that."""
    text = str(deed.told)
    for taken in answer.results:
        if not isinstance(taken, PlaceTaken) or taken.was_kept:
            continue
        if taken.learner_id == row.learner_id:
            url = reverse("staff_lesson", args=[ids.SEAT.show(taken.seat_id)])
            return onward(request=request, text=text, url=url)
    url = reverse("staff_lesson", args=[ids.SEAT.show(row.seat_id)])
    return changed(request=request, text=text, url=url, undo_url=undo_url)


def _allowed(request: HttpRequest, seat: str, code: str) -> tuple[Desk, LessonDeed, LessonRow]:
    """Return the deed and the lesson; refuses (channel_may_not) what the table does not allow."""
    desk = sit_down(request=request, see="lessons")
    deed = LESSON_DEEDS.get(code)
    if deed is None:
        raise Http404
    actor = desk.caller.actor
    channels.require_for_some(actor, *deed.need)
    row = booking_queries.get_lesson(actor=actor, seat_id=ids.read_seat(seat))
    channels.require_for(actor, *deed.need, row.product)
    return desk, deed, row


def _chosen(desk: Desk, deed: LessonDeed, fields: QueryDict) -> Chosen | None:
    return deed.chooses.read(desk, fields.get(CHOSEN, "")) if deed.chooses else None


def _ways(
    desk: Desk, deed: LessonDeed, row: LessonRow, chosen: Chosen | None, fields: QueryDict
) -> list[Way]:
    """Return how the learner chosen may pay; nothing where nobody does."""
    if not deed.is_paid or chosen is None or chosen.number is None:
        return []
    facts = curriculum.facts(market_id=desk.market_id, now=desk.caller.now)[row.product]
    return ways_to_pay(
        actor=desk.caller.actor,
        now=desk.caller.now,
        learner_id=chosen.number,
        product=facts,
        wanted=fields.get(PAY, ""),
    )


def _terms(deed: LessonDeed, pay: str) -> dict[str, object]:
    """Return what it is paid with; refuses lot_not_found."""
    if not deed.is_paid or not pay:
        return {}
    asset, lot_id = read_way(pay)
    return {"asset": asset, "lot_id": lot_id}


def _particulars(
    row: LessonRow, chosen: Chosen | None, reason: str, terms: dict[str, object]
) -> Particulars:
    return Particulars(row.seat_id, chosen.number if chosen else None, reason, terms)


def _foreseen(
    desk: Desk, deed: LessonDeed, row: LessonRow, chosen: Chosen | None, ways: Sequence[Way]
) -> list[Group]:
    """Return what would happen; refuses as the deed itself would."""
    terms = _terms(deed, next((way.value for way in ways if way.chosen), ""))
    rehearsal = Request(desk.caller.actor, asked.new_key(), b"", desk.caller.now)
    touched = chosen or Chosen(None, "")
    scopes = [
        scope_of_lesson(
            market_id=desk.market_id,
            lesson_id=lesson_id,
            learner_ids={row.learner_id, *touched.learner_ids},
            teacher_ids={*touched.teacher_ids, *([row.teacher_id] if row.teacher_id else [])},
        )
        for lesson_id in (row.lesson_id, *touched.lesson_ids)
    ]
    foreseen = foresee(
        scopes=scopes,
        now=desk.caller.now,
        act=lambda: deed.act(rehearsal, _particulars(row, chosen, "", terms)),
    )
    return groups(
        sees_wallet=desk.allowed.sees_wallet, scopes=scopes, foreseen=foreseen, now=desk.caller.now
    )


def _undo_url(desk: Desk, deed: LessonDeed, row: LessonRow, value: str) -> str:
    """Return the address whose POST takes the deed back, or '' where nothing does.

    `row` is the lesson as it was before.
    """
    actor = desk.caller.actor
    since = booking_queries.get_lesson(actor=actor, seat_id=row.seat_id)
    back = way_back(actor=actor, row=since, deed=deed, now=desk.caller.now)
    former = deed.chooses.former(row, value) if deed.chooses else ""
    if back is None or (deed.chooses and not former):
        return ""
    fields = {asked.FIELD: asked.new_key()} | ({CHOSEN: former} if former else {})
    seat = ids.SEAT.show(row.seat_id)
    return f"{reverse('staff_lesson_undo', args=[seat, back.code])}?{urlencode(fields)}"
