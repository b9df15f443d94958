"""One campaign: how far it has come, its other budget or end, and who earned last."""

from typing import Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from yueke.kernel.http_status import STATUS
from yueke.kernel.refusal import Refusal
from yueke.people import channels
from yueke.people.models import Learner
from yueke.portals import ids
from yueke.portals.access import staff_page
from yueke.portals.asked import asked
from yueke.portals.campaign_words import STATES, campaign_name, cause_name
from yueke.portals.days import DayField
from yueke.portals.staff.campaign_new import UNITS_MAX, midnight
from yueke.portals.staff.desk import Desk, sit_down
from yueke.portals.staff.give import NAMED
from yueke.portals.staff.onward import changed
from yueke.portals.staff.reason import ReasonForm
from yueke.wallet.campaigns import commands, queries
from yueke.wallet.campaigns.models import Campaign, CampaignGrant

SHOWN = 20


class ChangeForm(ReasonForm):
    """Another budget, another last day."""

    budget = forms.IntegerField(label=_("Budget, in stones"), min_value=1, max_value=UNITS_MAX)
    last_day = DayField(
        label=_("Until the end of"), required=False, help_text=_("Without a day it stays.")
    )
    field_order = ("budget", "last_day", "reason")


@staff_page
@require_http_methods(["GET", "HEAD", "POST"])
def campaign(request: HttpRequest, campaign: str) -> HttpResponse:
    """Show the sheet; a POST with a reason changes the campaign."""
    desk = sit_down(request=request, see="campaigns")
    number = ids.CAMPAIGN.read(campaign)
    if number is None:
        raise Http404
    found = queries.get(market_id=desk.market_id, id_=number)
    is_post = request.method == "POST"
    form = ChangeForm(request.POST if is_post else None)
    form.fields["budget"].initial = found.budget
    refusal = None
    if is_post and form.is_valid():
        refusal = _change(request, desk, found, form)
        if refusal is None:
            text = gettext("Campaign changed.")
            return changed(request=request, text=text, url=reverse("staff_campaigns"))
    shape, word = STATES[queries.state_of(found, now=desk.caller.now)]
    context = {
        "desk": desk,
        "campaign": found,
        "name": campaign_name(campaign=found),
        "cause": cause_name(cause=found.cause),
        "shape": shape,
        "word": word,
        "grants": _grants(desk, found),
        "id": campaign,
        "gives": found.cause == NAMED
        and queries.state_of(found, now=desk.caller.now) == "running"
        and desk.allowed.may("grant", "campaign"),
        "may_manage": channels.may(desk.caller.actor.channel, "manage", "campaign"),
        "form": form,
        "refusal": refusal,
        "url": request.path,
    }
    status = STATUS[refusal.kind] if refusal else 422 if form.errors else 200
    return render(request, "portals/staff/campaign.html", context, status=status)


def _grants(desk: Desk, found: Campaign) -> list[dict[str, Any]]:
    """Return who earned last; names are for those who see learners."""
    grants = list(queries.grants_of(market_id=desk.market_id, campaign_id=found.pk)[:SHOWN])
    learners: dict[int, Learner] = {}
    if desk.allowed.sees_learners:
        learners = Learner.objects.filter(market_id=desk.market_id).in_bulk(
            [grant.learner_id for grant in grants]
        )
    return [
        {
            "at": grant.at,
            "amount": grant.amount,
            "is_given": grant.state == CampaignGrant.State.GRANTED,
            "who": learners[grant.learner_id].name
            if grant.learner_id in learners
            else ids.LEARNER.show(grant.learner_id),
        }
        for grant in grants
    ]


def _change(request: HttpRequest, desk: Desk, found: Campaign, form: ChangeForm) -> Refusal | None:
    given = form.cleaned_data
    has_end = given["last_day"] is not None
    answer = commands.change(
        asked(request=request, caller=desk.caller),
        campaign_id=found.pk,
        budget=given["budget"],
        ends_at=midnight(form=form, field="last_day", zone=desk.zone, days=1) if has_end else None,
        reason=given["reason"],
    )
    [result] = answer.results
    return result if isinstance(result, Refusal) else None
