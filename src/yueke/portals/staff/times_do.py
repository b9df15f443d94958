"""The sheet that tells what a wish would do; a POST does it, with a way back where there is one."""

from collections.abc import Iterable
from datetime import datetime
from itertools import groupby
from zoneinfo import ZoneInfo

from django.core.exceptions import BadRequest
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from yueke.curriculum import queries as curriculum_queries
from yueke.inventory import queries as inventory_queries
from yueke.inventory.models import Slot
from yueke.kernel.grid import HALF_HOUR
from yueke.kernel.refusal import Refusal
from yueke.people.models import Teacher
from yueke.portals.access import staff_page
from yueke.portals.asked import asked, asked_in_address
from yueke.portals.staff import way_back
from yueke.portals.staff.deeds import require_deed
from yueke.portals.staff.desk import Desk, sit_down
from yueke.portals.staff.effect import REASONS, Effect, effect_after, effect_before
from yueke.portals.staff.onward import changed
from yueke.portals.staff.reason import ReasonForm
from yueke.portals.staff.teacher import find
from yueke.portals.staff.wish import Changed, Wish, carry_out
from yueke.portals.staff.wish_form import WishForm
from yueke.portals.stretches import Stretch, join


@staff_page
@require_http_methods(["GET", "HEAD", "POST"])
def times_do(request: HttpRequest, teacher: str) -> HttpResponse:
    """Show the sheet; a POST carries the wish out."""
    fields = request.POST if request.method == "POST" else request.GET
    desk, person, form = _asked(request, teacher, fields)
    context: dict[str, object] = {"desk": desk, "teacher": person, "id": teacher, "form": form}
    if not form.is_valid():
        status = 422 if request.method == "POST" else 200
        return render(request, "portals/staff/times_sheet.html", context, status=status)
    wish = form.wish
    slots = list(_slots(desk, person, wish))
    why = ReasonForm(request.POST if request.method == "POST" else None, is_asked=False)
    if request.method == "POST" and why.is_valid():
        change, reason = asked(request=request, caller=desk.caller), why.cleaned_data["reason"]
        answer = carry_out(change, teacher_id=person.pk, wish=wish, reason=reason)
        effect = _done(answer, wish)
        before = {slot.starts_at: slot for slot in slots}
        back = way_back.way_back(desk=desk, wish=wish, before=before, done=effect.done)
        undo_url = way_back.address(wish=back, teacher=teacher) if back else ""
        return _told(request, desk, teacher, wish, effect, undo_url)
    effect = effect_before(
        wish=wish,
        slots=slots,
        channel=desk.allowed.channel,
        now=desk.caller.now,
        teacher_id=person.pk,
    )
    context |= {"wish": wish, "reason_form": why, "done": effect.done}
    context["days"] = _days(effect.done, desk)
    context["effect"] = wish.deed.effect % wish.words
    context["stays"] = [
        (len(starts), REASONS[stay], join(starts)) for stay, starts in effect.stays.items()
    ]
    status = 422 if why.errors else 200
    return render(request, "portals/staff/times_sheet.html", context, status=status)


@staff_page
@require_POST
def times_undo(request: HttpRequest, teacher: str) -> HttpResponse:
    """Carry out the wish that stands in the address."""
    desk, person, form = _asked(request, teacher, request.GET)
    if not form.is_valid():
        raise BadRequest("no wish")
    change = asked_in_address(request=request, caller=desk.caller)
    effect = _done(carry_out(change, teacher_id=person.pk, wish=form.wish), form.wish)
    return _told(request, desk, teacher, form.wish, effect)


def _asked(request: HttpRequest, teacher: str, fields: QueryDict) -> tuple[Desk, Teacher, WishForm]:
    desk = sit_down(request=request, see="teachers")
    require_deed(channel=desk.allowed.channel, code=fields.get("do", ""))
    person = find(desk=desk, teacher=teacher)
    products = list(curriculum_queries.list_products(market_id=desk.market_id))
    return desk, person, WishForm(fields, desk=desk, products=products)


def _slots(desk: Desk, teacher: Teacher, wish: Wish) -> QuerySet[Slot]:
    return inventory_queries.slots_of_teacher(
        market_id=desk.market_id,
        teacher_id=teacher.pk,
        begin=wish.starts[0],
        end=wish.starts[-1] + HALF_HOUR,
    )


def _days(starts: Iterable[datetime], desk: Desk) -> list[list[Stretch]]:
    """Return stretches by the day on which they begin."""
    zone = ZoneInfo(desk.zone)
    by_day = groupby(join(starts), key=lambda stretch: stretch[0].astimezone(zone).date())
    return [list(stretches) for _day, stretches in by_day]


def _done(answer: Changed, wish: Wish) -> Effect:
    """Return what was done; where all was refused, refuse as the room did."""
    refusals = [result for result in answer.results if isinstance(result, Refusal)]
    if len(refusals) == len(answer.results):
        raise refusals[0]
    return effect_after(wish=wish, answer=answer)


def _told(
    request: HttpRequest, desk: Desk, teacher: str, wish: Wish, effect: Effect, undo_url: str = ""
) -> HttpResponse:
    """Say what was done and what stays."""
    done = wish.deed.told % {"count": len(effect.done), **wish.words}
    stays = ngettext(
        "%(count)s half-hour stays as it was.",
        "%(count)s half-hours stay as they were.",
        effect.left,
    )
    said = [str(done)] if effect.done else []
    said += [stays % {"count": effect.left}] if effect.left else []
    week = wish.starts[0].astimezone(ZoneInfo(desk.zone))
    url = f"{reverse('staff_times', args=[teacher])}?week={week:%Y-%m-%d}"
    return changed(request=request, text=" ".join(said), url=url, undo_url=undo_url)
