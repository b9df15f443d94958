"""Batches of codes, and the codes."""

from typing import ClassVar

from django.db import models
from django.db.models import Q


class CouponBatch(models.Model):
    """So many codes of one kind: for which product, until when, how many for each family.

    Its number is that of the event that made it. A coupon is good for `valid_days` from the day
    it is redeemed.
    """

    id = models.BigIntegerField(primary_key=True)
    market_id = models.IntegerField()
    name_zh = models.TextField()
    name_en = models.TextField()
    # None: good for every product.
    product_id = models.BigIntegerField(null=True)
    codes = models.IntegerField()
    valid_days = models.IntegerField()
    redeem_until = models.DateTimeField()
    limit_per_family = models.IntegerField()

    class Meta:
        db_table = "coupon_batch"
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(codes__gt=0, valid_days__gt=0, limit_per_family__gt=0),
                name="coupon_batch_counts_positive",
            ),
        ]
        indexes: ClassVar = [models.Index("market_id", "id", name="coupon_batch_by_market")]


class CouponCode(models.Model):
    """One code; redeemed, it knows by whom, and which lot came of it."""

    pk = models.CompositePrimaryKey("market_id", "code")
    market_id = models.IntegerField()
    code = models.TextField()
    batch_id = models.BigIntegerField()
    redeemed_at = models.DateTimeField(null=True)
    family_id = models.BigIntegerField(null=True)
    learner_id = models.BigIntegerField(null=True)
    lot_id = models.BigIntegerField(null=True, unique=True)

    class Meta:
        db_table = "coupon_code"
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(
                    redeemed_at__isnull=True,
                    family_id__isnull=True,
                    learner_id__isnull=True,
                    lot_id__isnull=True,
                )
                | Q(
                    redeemed_at__isnull=False,
                    family_id__isnull=False,
                    learner_id__isnull=False,
                    lot_id__isnull=False,
                ),
                name="coupon_code_redeemed_whole_or_not",
            ),
        ]
        indexes: ClassVar = [
            models.Index("batch_id", "family_id", name="coupon_code_of_batch"),
        ]
