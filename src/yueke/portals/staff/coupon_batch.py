"""One batch of coupon codes: its codes, to be searched and taken away."""

from zoneinfo import ZoneInfo

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from yueke.portals import ids
from yueke.portals.access import staff_page
from yueke.portals.exports import export
from yueke.portals.staff.coupons import batch_name, names_of_products
from yueke.portals.staff.desk import Desk, sit_down
from yueke.portals.staff.paging import address
from yueke.wallet.coupons import queries
from yueke.wallet.coupons.codes import read, shown
from yueke.wallet.coupons.models import CouponCode

SHOWN = 100


@staff_page
@require_safe
def coupon_batch(request: HttpRequest, batch: str) -> HttpResponse:
    """List codes, the last redeemed first, or give all of them as a file."""
    desk = sit_down(request=request, see="coupons")
    number = ids.COUPON_BATCH.read(batch)
    if number is None:
        raise Http404
    found = queries.get_batch(market_id=desk.market_id, id_=number)
    text = request.GET.get("q", "").strip()
    codes = queries.codes_of(batch=found)
    if text:
        codes = codes.filter(code__contains=read(text))
    if "format" in request.GET:
        return _file(request, desk, list(codes))
    rows = [
        {
            "code": shown(code.code),
            "at": code.redeemed_at,
            "learner": ids.LEARNER.show(code.learner_id) if code.learner_id else "",
        }
        for code in codes[:SHOWN]
    ]
    context = {
        "desk": desk,
        "batch": found,
        "id": batch,
        "name": batch_name(batch=found),
        "product": names_of_products(desk=desk).get(found.product_id, ""),
        "text": text,
        "rows": rows,
        "export_url": address(q=text, format="csv"),
        "xlsx_url": address(q=text, format="xlsx"),
        "state": "" if rows else "empty",
    }
    return render(request, "portals/staff/coupon_batch.html", context)


def _file(request: HttpRequest, desk: Desk, codes: list[CouponCode]) -> HttpResponse:
    zone = ZoneInfo(desk.zone)
    head = [gettext("Code"), gettext("Redeemed (%(zone)s)") % {"zone": desk.zone}]
    lines = (
        [
            shown(code.code),
            f"{code.redeemed_at.astimezone(zone):%Y-%m-%d %H:%M}" if code.redeemed_at else "",
        ]
        for code in codes
    )
    return export(request=request, name="codes", head=head, rows=lines)
