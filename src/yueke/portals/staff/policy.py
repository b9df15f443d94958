"""One policy: every value it has had, and the form that gives it another from a moment on."""

from datetime import UTC, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from yueke.curriculum import policies as curriculum
from yueke.curriculum import queries as curriculum_queries
from yueke.curriculum.models import Product
from yueke.kernel.http_status import STATUS
from yueke.kernel.refusal import Refusal
from yueke.notices import queries as notices_queries
from yueke.people import channels, policies
from yueke.people.policies import Policy
from yueke.portals.access import staff_page
from yueke.portals.asked import asked
from yueke.portals.days import DayField, MomentField
from yueke.portals.policy_words import CHOICES, COUNTS, policy_name, policy_says, value_words
from yueke.portals.product_names import product_name
from yueke.portals.staff import timeline
from yueke.portals.staff.desk import Desk, sit_down
from yueke.portals.staff.onward import changed
from yueke.portals.staff.reason import ReasonForm
from yueke.portals.zones import zone_name


class PolicyForm(ReasonForm):
    """Another value, from which day on, and why."""

    value = forms.CharField(label=_("New value"), required=False)
    first_day = DayField(
        label=_("From the start of"), required=False, help_text=_("Without a day: from now.")
    )
    field_order = ("value", "first_day", "reason")

    def __init__(self, data: Any, *, policy: Policy, value: str, zone: str) -> None:
        super().__init__(data)
        field = self.fields["value"]
        field.initial = value
        if policy.kind == "number":
            field.widget = forms.NumberInput(attrs={"min": policy.least, "max": policy.most})
        elif policy.kind == "choice":
            choices = [(choice, CHOICES[choice]) for choice in policy.choices.split("|")]
            field.widget = forms.Select(choices=choices)
        else:
            self.fields["value"] = MomentField(
                zone=zone,
                label=field.label,
                required=False,
                initial=datetime.fromisoformat(value) if value else None,
                help_text=zone_name(zone=zone),
            )

    @property
    def new_value(self) -> str:
        """The new value as the policy takes it."""
        given = self.cleaned_data["value"]
        return given.isoformat() if isinstance(given, datetime) else given or ""

    def from_at(self, *, zone: str) -> datetime | None:
        """Return the start of the first day in the zone."""
        day = self.cleaned_data["first_day"]
        return (
            None if day is None else datetime.combine(day, time(), ZoneInfo(zone)).astimezone(UTC)
        )


@staff_page
@require_http_methods(["GET", "HEAD", "POST"])
def policy(request: HttpRequest, policy: str) -> HttpResponse:
    """Show the sheet; a POST with a reason changes the policy."""
    desk = sit_down(request=request, see="policies")
    found = policies.get(policy)
    product = _product(request, desk)
    in_force = policies.in_force(market_id=desk.market_id, at=desk.caller.now)
    value = curriculum.value_of(in_force, found, product)
    form = PolicyForm(
        request.POST if request.method == "POST" else None,
        policy=found,
        value=value,
        zone=desk.zone,
    )
    refusal = None
    if request.method == "POST" and form.is_valid():
        refusal = _change(request, desk, found, product, form)
        if refusal is None:
            text = gettext("%(policy)s: changed.") % {"policy": policy_name(policy=found)}
            return changed(request=request, text=text, url=reverse("staff_policies"))
    context = {
        "desk": desk,
        "policy": found,
        "name": policy_name(policy=found),
        "says": policy_says(policy=found),
        "counts": COUNTS[found.counts],
        "product": "" if product is None else product_name(thing=product),
        "value": value_words(policy=found, value=value, zone=desk.zone),
        "may_change": channels.may(desk.caller.actor.channel, "change", found.changed_as),
        "form": form,
        "refusal": refusal,
        "url": request.get_full_path(),
        "history": _history(desk, found, product),
    }
    status = STATUS[refusal.kind] if refusal else 422 if form.errors else 200
    return render(request, "portals/staff/policy.html", context, status=status)


def _product(request: HttpRequest, desk: Desk) -> Product | None:
    code = request.GET.get("product", "")
    return curriculum_queries.get_product(market_id=desk.market_id, code=code) if code else None


def _change(
    request: HttpRequest, desk: Desk, found: Policy, product: Product | None, form: PolicyForm
) -> Refusal | None:
    answer = curriculum.change_policy(
        asked(request=request, caller=desk.caller),
        policy=found.name,
        value=form.new_value,
        product=None if product is None else product.code,
        from_at=form.from_at(zone=desk.zone),
        reason=form.cleaned_data["reason"],
    )
    [result] = answer.results
    return result if isinstance(result, Refusal) else None


def _history(
    desk: Desk, found: Policy, product: Product | None
) -> list[tuple[timeline.Entry, datetime]]:
    """Return each change, last said first, and from when on it holds."""
    of = None if product is None else product.pk
    rows = curriculum.list_changes(market_id=desk.market_id, policy=found.name)
    from_at = {row.pk: row.from_at for row in rows if row.product_id in (None, of)}
    found_events = notices_queries.events_by_id(market_id=desk.market_id, ids=from_at)
    events = list(reversed(found_events))
    entries = timeline.entries(desk=desk, events=events)
    return [(entry, from_at[event.pk]) for entry, event in zip(entries, events, strict=True)]
