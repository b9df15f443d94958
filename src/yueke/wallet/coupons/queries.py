"""Read batches of codes, and how many of each were redeemed."""

from django.db.models import Count, F, IntegerField, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce

from yueke.wallet.coupons.models import CouponBatch, CouponCode
from yueke.wallet.coupons.refusals import CouponBatchNotFound


def list_batches(*, market_id: int, text: str = "") -> QuerySet[CouponBatch]:
    """Return the market's batches, the last made first, each with how many were `redeemed`."""
    found = CouponBatch.objects.filter(market_id=market_id)
    if text:
        found = found.filter(name_zh__icontains=text) | found.filter(name_en__icontains=text)
    redeemed = CouponCode.objects.filter(batch_id=OuterRef("id"), redeemed_at__isnull=False)
    counted = redeemed.order_by().values("batch_id").annotate(n=Count("code")).values("n")
    zero = Coalesce(Subquery(counted, output_field=IntegerField()), 0)
    return found.annotate(redeemed=zero).order_by("-id")


def get_batch(*, market_id: int, id_: int) -> CouponBatch:
    """Return a batch of the market, or refuse (coupon_batch_not_found)."""
    found = list_batches(market_id=market_id).filter(id=id_).first()
    if found is None:
        raise CouponBatchNotFound(id_)
    return found


def codes_of(*, batch: CouponBatch) -> QuerySet[CouponCode]:
    """Return a batch's codes, the last redeemed first."""
    codes = CouponCode.objects.filter(market_id=batch.market_id, batch_id=batch.id)
    return codes.order_by(F("redeemed_at").desc(nulls_last=True), "code")
