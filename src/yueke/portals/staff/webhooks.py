"""Webhooks: where events are sent, and the form that adds another place."""

from typing import Any
from urllib.parse import urlsplit

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from yueke.feeds import endpoints, queries
from yueke.feeds.endpoints import Endpoint
from yueke.kernel.http_status import STATUS
from yueke.kernel.refusal import Refusal
from yueke.people import channels
from yueke.portals import ids
from yueke.portals.access import staff_page
from yueke.portals.asked import asked
from yueke.portals.staff.desk import Desk, sit_down


class WebhookForm(forms.Form):
    """An address, and which events go there."""

    url = forms.CharField(label=_("Address"), max_length=2000, widget=forms.URLInput)
    event_kinds = forms.CharField(
        label=_("Kinds of event"),
        max_length=2000,
        required=False,
        help_text=_("Such as lesson.booked or lesson.*, with spaces between. Empty: all."),
    )


@staff_page
@require_http_methods(["GET", "HEAD", "POST"])
def webhooks(request: HttpRequest) -> HttpResponse:
    """List the market's webhooks; a POST adds one and shows its secret this once."""
    desk = sit_down(request=request, see="webhooks")
    form, made, refusal = WebhookForm(None), None, None
    if request.method == "POST":
        channels.require(desk.caller.actor, "manage", "webhooks")
        form = WebhookForm(request.POST)
        if form.is_valid():
            result = _add(request, desk, form.cleaned_data)
            if isinstance(result, Refusal):
                refusal = result
            else:
                form, made = WebhookForm(None), result
    context = {
        "desk": desk,
        "form": form,
        "made": made,
        "refusal": refusal,
        "rows": [
            {
                "row": row,
                "id": ids.ENDPOINT.show(row.pk),
                "kinds": ", ".join(row.kinds),
                "host": urlsplit(row.url).hostname or "",
                "path": urlsplit(row.url).path.split("/")[1:],
            }
            for row in queries.list_endpoints(actor=desk.caller.actor)
        ],
    }
    status = STATUS[refusal.kind] if refusal else 422 if form.errors else 200
    return render(request, "portals/staff/webhooks.html", context, status=status)


def _add(request: HttpRequest, desk: Desk, given: dict[str, Any]) -> Endpoint | Refusal:
    answer = endpoints.add_endpoint(
        asked(request=request, caller=desk.caller),
        url=given["url"],
        kinds=given["event_kinds"].split(),
    )
    [result] = answer.results
    return result
