"""The campaigns: what each gives for what, and how much of its budget is given out."""

from collections.abc import Iterable
from zoneinfo import ZoneInfo

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from yueke.people import channels
from yueke.portals import ids
from yueke.portals.access import staff_page
from yueke.portals.campaign_words import STATES, campaign_name, cause_name
from yueke.portals.exports import export
from yueke.portals.staff.desk import Desk, sit_down
from yueke.portals.staff.paging import EXPORT_MAX, address
from yueke.wallet.campaigns import queries
from yueke.wallet.campaigns.models import Campaign

SHOWN = 100


@staff_page
@require_safe
def campaigns(request: HttpRequest) -> HttpResponse:
    """List campaigns of a name, the last made first."""
    desk = sit_down(request=request, see="campaigns")
    text = request.GET.get("q", "").strip()
    found = queries.list_campaigns(market_id=desk.market_id, text=text)
    if "format" in request.GET:
        return _file(request, desk, list(found[:EXPORT_MAX]))
    rows = [_row(desk, one) for one in found[:SHOWN]]
    context = {
        "desk": desk,
        "text": text,
        "rows": rows,
        "may_manage": channels.may(desk.caller.actor.channel, "manage", "campaign"),
        "export_url": address(q=text, format="csv"),
        "xlsx_url": address(q=text, format="xlsx"),
        "state": "" if rows else "empty",
    }
    return render(request, "portals/staff/campaigns.html", context)


def _row(desk: Desk, one: Campaign) -> dict[str, object]:
    shape, word = STATES[queries.state_of(one, now=desk.caller.now)]
    return {
        "campaign": one,
        "id": ids.CAMPAIGN.show(one.pk),
        "name": campaign_name(campaign=one),
        "cause": cause_name(cause=one.cause),
        "shape": shape,
        "word": word,
    }


def _file(request: HttpRequest, desk: Desk, found: list[Campaign]) -> HttpResponse:
    zone = ZoneInfo(desk.zone)
    head = [
        gettext("Name"),
        gettext("Earned for"),
        gettext("Stones each time"),
        gettext("Given"),
        gettext("Budget"),
        gettext("From (%(zone)s)") % {"zone": desk.zone},
        gettext("Until (%(zone)s)") % {"zone": desk.zone},
    ]
    lines: Iterable[list[str | int]] = (
        [
            campaign_name(campaign=one),
            cause_name(cause=one.cause),
            one.amount,
            one.granted,
            one.budget,
            f"{one.begins_at.astimezone(zone):%Y-%m-%d %H:%M}",
            f"{one.ends_at.astimezone(zone):%Y-%m-%d %H:%M}",
        ]
        for one in found
    )
    return export(request=request, name="campaigns", head=head, rows=lines)
