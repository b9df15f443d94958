"""Make a batch of coupon codes: for which lessons, how many, until when, how many a family."""

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from yueke.kernel.http_status import STATUS
from yueke.kernel.refusal import Refusal
from yueke.people import channels
from yueke.portals import ids
from yueke.portals.access import staff_page
from yueke.portals.asked import asked
from yueke.portals.days import DayField
from yueke.portals.staff.campaign_new import midnight
from yueke.portals.staff.coupons import names_of_products
from yueke.portals.staff.desk import Desk, sit_down
from yueke.portals.staff.onward import onward
from yueke.portals.staff.reason import ReasonForm
from yueke.wallet.coupons import commands
from yueke.wallet.coupons.commands import CODES_MAX, COUNT_MAX


class CouponsForm(ReasonForm):
    """A batch, in days of the market."""

    name_zh = forms.CharField(label=_("Name in Chinese"), max_length=60)
    name_en = forms.CharField(label=_("Name in English"), max_length=60)
    product = forms.TypedChoiceField(label=_("For"), coerce=int, empty_value=None, required=False)
    codes = forms.IntegerField(label=_("How many codes"), min_value=1, max_value=CODES_MAX)
    valid_days = forms.IntegerField(
        label=_("Good for so many days once redeemed"),
        min_value=1,
        max_value=COUNT_MAX,
        initial=30,
    )
    last_day = DayField(label=_("Redeem until the end of"))
    limit_per_family = forms.IntegerField(
        label=_("Codes for each family, at most"), min_value=1, max_value=COUNT_MAX, initial=1
    )
    field_order = (
        "name_zh", "name_en", "product", "codes", "valid_days", "last_day", "limit_per_family",
        "reason",
    )  # fmt: skip

    def __init__(self, data: Any, *, products: list[tuple[int | None, str]]) -> None:
        super().__init__(data)
        field = self.fields["product"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", gettext("every lesson")), *products]


@staff_page
@require_http_methods(["GET", "HEAD", "POST"])
def coupons_new(request: HttpRequest) -> HttpResponse:
    """Show the sheet; a POST makes the codes, and leads on to them."""
    desk = sit_down(request=request, see="coupons")
    channels.require(desk.caller.actor, "manage", "coupon")
    products = list(names_of_products(desk=desk).items())
    form = CouponsForm(request.POST if request.method == "POST" else None, products=products)
    refusal = None
    if request.method == "POST" and form.is_valid():
        made = _make(request, desk, form)
        if not isinstance(made, Refusal):
            text = gettext("%(number)s codes made.") % {"number": made.codes}
            url = reverse("staff_coupon_batch", args=[ids.COUPON_BATCH.show(made.batch_id)])
            return onward(request=request, text=text, url=url)
        refusal = made
    context = {"desk": desk, "form": form, "refusal": refusal, "url": request.path}
    status = STATUS[refusal.kind] if refusal else 422 if form.errors else 200
    return render(request, "portals/staff/coupons_new.html", context, status=status)


def _make(request: HttpRequest, desk: Desk, form: CouponsForm) -> commands.BatchMade | Refusal:
    given = form.cleaned_data
    plain = ("name_zh", "name_en", "codes", "valid_days", "limit_per_family", "reason")
    answer = commands.create_batch(
        asked(request=request, caller=desk.caller),
        redeem_until=midnight(form=form, field="last_day", zone=desk.zone, days=1),
        product_id=given["product"],
        **{name: given[name] for name in plain},
    )
    [result] = answer.results
    return result
