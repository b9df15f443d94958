"""Give to a list of learners, by their ids: seen one by one before, then done by a worker."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from yueke.booking import bulk
from yueke.booking.bulk import Need
from yueke.curriculum import queries as curriculum
from yueke.kernel.grid import show_instant
from yueke.people import channels
from yueke.portals import ids
from yueke.portals.access import staff_page
from yueke.portals.campaign_words import campaign_name
from yueke.portals.product_names import product_name
from yueke.portals.staff import bulk_preview
from yueke.portals.staff.acting import CONFIRM, data_of, seal
from yueke.portals.staff.desk import Desk, sit_down
from yueke.portals.staff.grant import GrantForm
from yueke.portals.staff.reason import ReasonForm
from yueke.wallet.campaigns import queries

NAMED: Final = "named"
CAUSE_MAX: Final = 100


class LearnersField(forms.CharField):
    """Ids of learners, each once: pasted from a sheet, a line each, or with commas between."""

    def __init__(self) -> None:
        super().__init__(
            label=_("Learners' ids"),
            widget=forms.Textarea(attrs={"rows": 6}),
            help_text=_("One a line, or with commas between."),
        )

    def clean(self, value: Any) -> Any:
        """Return their numbers in order, or say which are no ids, or that they are too many."""
        texts = list(dict.fromkeys(super().clean(value).replace(",", " ").split()))
        numbers = {text: ids.LEARNER.read(text) for text in texts}
        wrong = [text[:40] for text, number in numbers.items() if number is None]
        if wrong:
            words = _("No id of a learner: %(ids)s") % {"ids": ", ".join(wrong[:5])}
            raise forms.ValidationError(words)
        if len(texts) > bulk.ROWS_MAX:
            raise forms.ValidationError(_("These are too many: %(count)s.") % {"count": len(texts)})
        return [number for number in numbers.values() if number is not None]


class GiveForm(GrantForm):
    """To whom, what, for which lessons, until when, and why."""

    learners = LearnersField()
    field_order = ("learners", "asset", "amount", "product", "last_day", "reason")


class CampaignForm(ReasonForm):
    """To whom, for what cause, and why."""

    learners = LearnersField()
    cause = forms.CharField(
        label=_("Cause"),
        max_length=CAUSE_MAX,
        help_text=_("Each learner is given it once for one cause, however often it is asked."),
    )
    field_order = ("learners", "cause", "reason")


@dataclass(frozen=True, slots=True)
class Gift:
    """What is given: the deed and what its channel needs, and the terms of a filled-in form."""

    title: str
    deed: str
    need: Need
    terms: Callable[[Any], dict[str, Any]]
    back_url: str


@staff_page
@require_http_methods(["GET", "HEAD", "POST"])
def give(request: HttpRequest) -> HttpResponse:
    """Give credits, coupons or stones to a list of learners."""
    desk = sit_down(request=request)
    need = ("grant", "asset")
    channels.require(desk.caller.actor, *need)
    products = curriculum.list_products(market_id=desk.market_id)
    choices = [(product.pk, product_name(thing=product)) for product in products]
    form = GiveForm(data_of(request), products=choices)

    def terms(given: dict[str, Any]) -> dict[str, Any]:
        expires_at = form.expires_at(zone=desk.zone)
        return {
            "asset": given["asset"],
            "amount": given["amount"],
            "product_id": given["product"],
            "expires_at": None if expires_at is None else show_instant(expires_at),
        }

    gift = Gift(gettext("Give to many learners"), "grant", need, terms, reverse("staff_console"))
    return _page(request, desk, form, gift)


@staff_page
@require_http_methods(["GET", "HEAD", "POST"])
def campaign_give(request: HttpRequest, campaign: str) -> HttpResponse:
    """Give learners what a campaign gives, each once for a cause that is named here (M-1)."""
    desk = sit_down(request=request, see="campaigns")
    need = ("grant", "campaign")
    channels.require(desk.caller.actor, *need)
    number = ids.CAMPAIGN.read(campaign)
    if number is None:
        raise Http404
    found = queries.get(market_id=desk.market_id, id_=number)
    title = gettext("Give of %(campaign)s") % {"campaign": campaign_name(campaign=found)}

    def terms(given: dict[str, Any]) -> dict[str, Any]:
        return {"campaign_id": found.pk, "cause": given["cause"]}

    gift = Gift(title, "grant-campaign", need, terms, reverse("staff_campaigns"))
    return _page(request, desk, CampaignForm(data_of(request)), gift)


def _page(request: HttpRequest, desk: Desk, form: ReasonForm, gift: Gift) -> HttpResponse:
    """Show the form; a POST shows what it comes to, and once that was seen has it done."""
    context: dict[str, Any] = {"desk": desk, "gift": gift, "form": form, "url": request.path}
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        numbers, terms = given["learners"], gift.terms(given)
        sealed = seal(request)
        if request.POST.get(CONFIRM) == sealed:
            return bulk_preview.start(
                request,
                desk,
                deed=gift.deed,
                need=gift.need,
                numbers=numbers,
                reason=given["reason"],
                terms=terms,
            )
        rows = bulk_preview.foresee(desk, deed=gift.deed, numbers=numbers, terms=terms)
        possible = [row for row in rows if not row.why_not]
        context |= {"rows": rows, "possible": possible, "sealed": sealed if possible else ""}
    status = 422 if form.errors else 200
    return render(request, "portals/staff/give.html", context, status=status)
