"""The batches of coupon codes: how many there are, how many were redeemed."""

from collections.abc import Iterable
from zoneinfo import ZoneInfo

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language, gettext
from django.views.decorators.http import require_safe

from yueke.curriculum import queries as curriculum_queries
from yueke.people import channels
from yueke.portals import ids
from yueke.portals.access import staff_page
from yueke.portals.exports import export
from yueke.portals.product_names import product_name
from yueke.portals.staff.desk import Desk, sit_down
from yueke.portals.staff.paging import EXPORT_MAX, address
from yueke.wallet.coupons import queries
from yueke.wallet.coupons.models import CouponBatch

SHOWN = 100


@staff_page
@require_safe
def coupons(request: HttpRequest) -> HttpResponse:
    """List batches of a name, the last made first."""
    desk = sit_down(request=request, see="coupons")
    text = request.GET.get("q", "").strip()
    found = queries.list_batches(market_id=desk.market_id, text=text)
    if "format" in request.GET:
        return _file(request, desk, list(found[:EXPORT_MAX]))
    names = names_of_products(desk=desk)
    rows = [
        {
            "batch": one,
            "id": ids.COUPON_BATCH.show(one.pk),
            "name": batch_name(batch=one),
            "product": names.get(one.product_id, ""),
        }
        for one in found[:SHOWN]
    ]
    context = {
        "desk": desk,
        "text": text,
        "rows": rows,
        "may_manage": channels.may(desk.caller.actor.channel, "manage", "coupon"),
        "export_url": address(q=text, format="csv"),
        "xlsx_url": address(q=text, format="xlsx"),
        "state": "" if rows else "empty",
    }
    return render(request, "portals/staff/coupons.html", context)


def names_of_products(*, desk: Desk) -> dict[int | None, str]:
    """Return the names of the market's products by row."""
    products = curriculum_queries.list_products(market_id=desk.market_id).prefetch_related(None)
    return {product.pk: product_name(thing=product) for product in products}


def batch_name(*, batch: CouponBatch) -> str:
    """Return what a batch is called in the language of the moment."""
    return batch.name_zh if (get_language() or "").startswith("zh") else batch.name_en


def _file(request: HttpRequest, desk: Desk, found: list[CouponBatch]) -> HttpResponse:
    zone, names = ZoneInfo(desk.zone), names_of_products(desk=desk)
    head = [
        gettext("Name"),
        gettext("For"),
        gettext("Codes"),
        gettext("Redeemed"),
        gettext("Days good"),
        gettext("Until (%(zone)s)") % {"zone": desk.zone},
    ]
    lines: Iterable[list[str | int]] = (
        [
            batch_name(batch=one),
            names.get(one.product_id, ""),
            one.codes,
            one.redeemed,  # type: ignore[attr-defined]  # annotated by the query
            one.valid_days,
            f"{one.redeem_until.astimezone(zone):%Y-%m-%d %H:%M}",
        ]
        for one in found
    )
    return export(request=request, name="coupons", head=head, rows=lines)
