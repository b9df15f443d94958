"""Buy a replay for a family, and give back what was paid for one (CU-4)."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods

from yueke.booking.classes import queries, replays, watching
from yueke.booking.classes.orders import ReplayBought, ReplayRefunded
from yueke.booking.classes.refusals import ReplayNotOnSale
from yueke.kernel.outcome import Answer
from yueke.notices.once import Request
from yueke.people import channels
from yueke.people import queries as people
from yueke.portals import ids
from yueke.portals.access import staff_page
from yueke.portals.amounts import amount_words
from yueke.portals.payment import read_way
from yueke.portals.shown_class import ShownClass
from yueke.portals.staff.act_fields import PayField
from yueke.portals.staff.acting import Act, act_sheet, data_of
from yueke.portals.staff.desk import sit_down
from yueke.portals.staff.learner import find
from yueke.portals.staff.reason import ReasonForm

SHOWN = 20


class BuyForm(ReasonForm):
    """How it is paid."""

    field_order = ("pay", "reason")

    def __init__(self, data: Any, *, pay: PayField) -> None:
        super().__init__(data)
        self.fields["pay"] = pay
        self.order_fields(self.field_order)


@staff_page
@require_http_methods(["GET", "HEAD", "POST"])
def replay_buy(request: HttpRequest, lesson: str) -> HttpResponse:
    """Choose the learner who pays, then how; seen before, it is bought for the family."""
    desk = sit_down(request=request, see="classes")
    actor = desk.caller.actor
    channels.require(actor, "buy", "replay")
    row = queries.get_class(actor=actor, class_id=ids.read_class(lesson))
    if not request.GET.get("learner"):
        name = request.GET.get("q", "").replace("\0", "").strip()
        found = people.find_learners(actor=actor, text=name)[:SHOWN]
        rows = [{"learner": who, "id": ids.LEARNER.show(who.pk)} for who in found]
        one = ShownClass(row, desk.caller.now)
        context = {"desk": desk, "one": one, "name": name, "rows": rows, "url": request.path}
        return render(request, "portals/staff/class_learner.html", context)
    replay = next(iter(watching.list_replays(actor=actor, class_id=row.class_id)), None)
    if replay is None:
        raise ReplayNotOnSale(row.class_id)
    learner = find(desk=desk, learner=request.GET["learner"])

    def run(said: Request, form: forms.Form) -> Answer[ReplayBought]:
        asset, lot_id = read_way(form.cleaned_data["pay"])
        return replays.buy(
            said,
            learner_id=learner.pk,
            class_id=row.class_id,
            asset=asset,
            lot_id=lot_id,
            reason=form.cleaned_data["reason"],
        )

    def lines(done: ReplayBought) -> Sequence[str]:
        words = gettext("The family of %(name)s may watch it, paid with %(amount)s.")
        paid = amount_words(value=done.paid, asset=done.asset)
        return [words % {"name": learner.name, "amount": paid}]

    title = gettext("Buy the replay for %(name)s?") % {"name": learner.name}
    url = reverse("staff_class_replay", args=[lesson])
    act = Act(title, gettext("Buy"), run, lines, url)
    pay = PayField(desk=desk, learner=learner, product=row.product, prices=replay.prices)
    return act_sheet(request, desk=desk, form=BuyForm(data_of(request), pay=pay), act=act)


@staff_page
@require_http_methods(["GET", "HEAD", "POST"])
def replay_refund(request: HttpRequest, lesson: str, learner: str) -> HttpResponse:
    """Give a family back what it paid; seen before."""
    desk = sit_down(request=request, see="classes")
    actor = desk.caller.actor
    channels.require(actor, "refund", "replay")
    row = queries.get_class(actor=actor, class_id=ids.read_class(lesson))
    person = find(desk=desk, learner=learner)

    def run(said: Request, form: forms.Form) -> Answer[ReplayRefunded]:
        reason = form.cleaned_data["reason"]
        return replays.refund(said, learner_id=person.pk, class_id=row.class_id, reason=reason)

    def lines(done: ReplayRefunded) -> Sequence[str]:
        words = gettext("%(amount)s comes back, and the family of %(name)s watches it no longer.")
        back = amount_words(value=done.back, asset=done.asset)
        return [words % {"name": person.name, "amount": back}]

    title = gettext("Refund the replay to %(name)s?") % {"name": person.name}
    url = reverse("staff_class_replay", args=[lesson])
    act = Act(title, gettext("Refund"), run, lines, url)
    return act_sheet(request, desk=desk, form=ReasonForm(data_of(request)), act=act)
