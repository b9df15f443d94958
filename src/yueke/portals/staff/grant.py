"""Give a learner credits, coupons or stones: what they will then have is shown before."""

from collections.abc import Iterable
from datetime import UTC, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from yueke.curriculum import queries as curriculum_queries
from yueke.people import channels
from yueke.people.models import Learner
from yueke.portals import ids
from yueke.portals.access import staff_page
from yueke.portals.amounts import NAMES, amount_words
from yueke.portals.asked import asked
from yueke.portals.days import DayField
from yueke.portals.product_names import product_name
from yueke.portals.staff.desk import Desk, sit_down
from yueke.portals.staff.learner import find
from yueke.portals.staff.onward import changed
from yueke.portals.staff.reason import ReasonForm
from yueke.wallet import commands as wallet
from yueke.wallet import queries as wallet_queries

AMOUNT_MAX = 10_000


class GrantForm(ReasonForm):
    """What is given, for which lessons, until when, and why."""

    asset = forms.ChoiceField(label=_("What"))
    amount = forms.IntegerField(label=_("How many"), min_value=1, max_value=AMOUNT_MAX, initial=1)
    product = forms.TypedChoiceField(label=_("For"), coerce=int, empty_value=None, required=False)
    last_day = DayField(
        label=_("Good until the end of"),
        required=False,
        help_text=_("Without a day it never expires."),
    )
    field_order: Iterable[str] | None = ("asset", "amount", "product", "last_day", "reason")

    def __init__(self, data: Any, *, products: list[tuple[int, str]]) -> None:
        super().__init__(data)
        assets = [(asset, capfirst(str(name))) for asset, name in NAMES.items()]
        for name, choices in (
            ("asset", assets),
            ("product", [("", gettext("every lesson")), *products]),
        ):
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)
            field.choices = choices

    def expires_at(self, *, zone: str) -> datetime | None:
        """Return the end of the last day in the zone."""
        day = self.cleaned_data["last_day"]
        if day is None:
            return None
        midnight = datetime.combine(day + timedelta(days=1), time(), ZoneInfo(zone))
        return midnight.astimezone(UTC)


@staff_page
@require_http_methods(["GET", "HEAD", "POST"])
def grant(request: HttpRequest, learner: str) -> HttpResponse:
    """Show the sheet, with what the fields so far would do; a POST gives."""
    desk = sit_down(request=request)
    channels.require(desk.caller.actor, "grant", "asset")
    person = find(desk=desk, learner=learner)
    products = curriculum_queries.list_products(market_id=desk.market_id)
    choices = [(product.pk, product_name(thing=product)) for product in products]
    if request.method == "POST":
        form = GrantForm(request.POST, products=choices)
        if form.is_valid():
            return _give(request, desk, person, form)
    else:
        form = GrantForm(None, products=choices)
    context = {
        "desk": desk,
        "learner": person,
        "id": learner,
        "form": form,
        "effect": _effect(request, desk, person),
    }
    name = "grant_effect" if "effect" in request.GET else "grant"
    status = 422 if form.errors else 200
    return render(request, f"portals/staff/{name}.html", context, status=status)


def _effect(request: HttpRequest, desk: Desk, person: Learner) -> dict[str, object]:
    """Return what the learner has and would have of the asset in the fields."""
    fields = request.POST if request.method == "POST" else request.GET
    asset = fields.get("asset", "credit")
    if asset not in NAMES:
        asset = "credit"
    text = fields.get("amount", "1")
    amount = int(text) if text.isascii() and text.isdigit() and len(text) < 6 else 0
    has = wallet_queries.balances(
        market_id=desk.market_id, learner_id=person.pk, now=desk.caller.now
    ).get(asset, 0)
    return {"asset": asset, "has": has, "will_have": has + amount}


def _give(request: HttpRequest, desk: Desk, person: Learner, form: GrantForm) -> HttpResponse:
    given = form.cleaned_data
    answer = wallet.grant(
        asked(request=request, caller=desk.caller),
        learner_id=person.pk,
        asset=given["asset"],
        amount=given["amount"],
        product_id=given["product"],
        expires_at=form.expires_at(zone=desk.zone),
        reason=given["reason"],
    )
    result = answer.only()
    amount = amount_words(value=result.amount, asset=result.asset)
    text = gettext("%(amount)s given to %(name)s.") % {"amount": amount, "name": person.name}
    url = reverse("staff_wallet", args=[ids.LEARNER.show(person.pk)])
    return changed(request=request, text=text, url=url)
