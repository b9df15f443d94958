"""The policies: what is in force, what is decided for later, and who may change it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from yueke.curriculum import policies as curriculum
from yueke.curriculum.policies import Standing
from yueke.people import channels
from yueke.portals.access import staff_page
from yueke.portals.exports import export
from yueke.portals.policy_words import COUNTS, policy_name, policy_says, value_words
from yueke.portals.product_names import product_name
from yueke.portals.staff.desk import Desk, sit_down
from yueke.portals.staff.paging import address


@dataclass(frozen=True, slots=True)
class Row:
    """One policy in words; `url` leads to its sheet. `next` is decided for later."""

    name: str
    says: str
    product: str
    value: str
    counts: str
    since: datetime | None
    next: str
    next_at: datetime | None
    url: str
    may_change: bool


@staff_page
@require_safe
def policies(request: HttpRequest) -> HttpResponse:
    """List every policy whose name or product holds what is looked for."""
    desk = sit_down(request=request, see="policies")
    text = request.GET.get("q", "").strip()
    found = curriculum.list_standing(market_id=desk.market_id, at=desk.caller.now)
    rows = [row for row in (_row(desk, one) for one in found) if _fits(row, text)]
    if "format" in request.GET:
        return _file(request, desk, rows)
    context = {
        "desk": desk,
        "text": text,
        "rows": rows,
        "export_url": address(q=text, format="csv"),
        "xlsx_url": address(q=text, format="xlsx"),
        "state": "" if rows else "empty",
    }
    return render(request, "portals/staff/policies.html", context)


def _row(desk: Desk, one: Standing) -> Row:
    policy, product, later = one.policy, one.product, one.next

    def words(value: str) -> str:
        return value_words(policy=policy, value=value, zone=desk.zone)

    url = reverse("staff_policy", args=[policy.name])
    return Row(
        name=policy_name(policy=policy),
        says=policy_says(policy=policy),
        product="" if product is None else product_name(thing=product),
        value=words(one.value),
        counts=str(COUNTS[policy.counts]),
        since=None if one.since is None else one.since.from_at,
        next="" if later is None else words(later.value),
        next_at=None if later is None else later.from_at,
        url=url if product is None else url + address(product=product.code),
        may_change=channels.may(desk.caller.actor.channel, "change", policy.changed_as),
    )


def _fits(row: Row, text: str) -> bool:
    return text.casefold() in f"{row.name} {row.says} {row.product}".casefold()


def _file(request: HttpRequest, desk: Desk, rows: Sequence[Row]) -> HttpResponse:
    zone = ZoneInfo(desk.zone)

    def day(at: datetime | None) -> str:
        return "" if at is None else f"{at.astimezone(zone):%Y-%m-%d %H:%M}"

    head = [
        gettext("Policy"),
        gettext("For"),
        gettext("Value"),
        gettext("Since (%(zone)s)") % {"zone": desk.zone},
        gettext("Later"),
        gettext("From (%(zone)s)") % {"zone": desk.zone},
    ]
    lines = ([r.name, r.product, r.value, day(r.since), r.next, day(r.next_at)] for r in rows)
    return export(request=request, name="policies", head=head, rows=lines)
