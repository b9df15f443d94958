"""Make a campaign: what it gives for what, from which day to which, out of which budget."""

from datetime import UTC, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

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
from yueke.portals.access import staff_page
from yueke.portals.asked import asked
from yueke.portals.campaign_words import cause_name
from yueke.portals.days import DayField
from yueke.portals.staff.desk import Desk, sit_down
from yueke.portals.staff.onward import changed
from yueke.portals.staff.reason import ReasonForm
from yueke.wallet.campaigns import commands
from yueke.wallet.campaigns.causes import causes

UNITS_MAX = 1_000_000_000
COUNT_MAX = 10_000


class CampaignForm(ReasonForm):
    """A campaign in days of the market."""

    name_zh = forms.CharField(label=_("Name in Chinese"), max_length=60)
    name_en = forms.CharField(label=_("Name in English"), max_length=60)
    cause = forms.ChoiceField(label=_("Earned for"))
    amount = forms.IntegerField(label=_("Stones each time"), min_value=1, max_value=UNITS_MAX)
    budget = forms.IntegerField(
        label=_("Budget, in stones"), min_value=1, max_value=UNITS_MAX,
        help_text=_("When it is given out, nothing more is."),
    )  # fmt: skip
    first_day = DayField(label=_("From the start of"))
    last_day = DayField(label=_("Until the end of"))
    limit_per_learner = forms.IntegerField(
        label=_("Times for each learner, at most"),
        min_value=1,
        max_value=COUNT_MAX,
        required=False,
    )
    valid_days = forms.IntegerField(
        label=_("Stones are good for so many days"),
        min_value=1,
        max_value=COUNT_MAX,
        required=False,
        help_text=_("Without a number they never expire."),
    )
    field_order = (
        "name_zh", "name_en", "cause", "amount", "budget", "first_day", "last_day",
        "limit_per_learner", "valid_days", "reason",
    )  # fmt: skip

    def __init__(self, data: Any) -> None:
        super().__init__(data)
        field = self.fields["cause"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [(cause, cause_name(cause=cause)) for cause in causes()]


@staff_page
@require_http_methods(["GET", "HEAD", "POST"])
def campaign_new(request: HttpRequest) -> HttpResponse:
    """Show the sheet; a POST makes the campaign."""
    desk = sit_down(request=request, see="campaigns")
    channels.require(desk.caller.actor, "manage", "campaign")
    form = CampaignForm(request.POST if request.method == "POST" else None)
    refusal = None
    if request.method == "POST" and form.is_valid():
        refusal = _make(request, desk, form)
        if refusal is None:
            text = gettext("Campaign made.")
            return changed(request=request, text=text, url=reverse("staff_campaigns"))
    context = {"desk": desk, "form": form, "refusal": refusal, "url": request.path}
    status = STATUS[refusal.kind] if refusal else 422 if form.errors else 200
    return render(request, "portals/staff/campaign_new.html", context, status=status)


def midnight(*, form: forms.Form, field: str, zone: str, days: int = 0) -> datetime:
    """Return the start of a form's day in the zone, or of one some days later."""
    day = form.cleaned_data[field] + timedelta(days=days)
    return datetime.combine(day, time(), ZoneInfo(zone)).astimezone(UTC)


def _make(request: HttpRequest, desk: Desk, form: CampaignForm) -> Refusal | None:
    given = form.cleaned_data
    plain = (
        "name_zh", "name_en", "cause", "amount", "budget", "limit_per_learner", "valid_days",
        "reason",
    )  # fmt: skip
    answer = commands.create(
        asked(request=request, caller=desk.caller),
        begins_at=midnight(form=form, field="first_day", zone=desk.zone),
        ends_at=midnight(form=form, field="last_day", zone=desk.zone, days=1),
        **{name: given[name] for name in plain},
    )
    [result] = answer.results
    return result if isinstance(result, Refusal) else None
