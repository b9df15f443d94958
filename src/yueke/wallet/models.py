"""Accounts and the transfers between them."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from yueke.wallet.campaigns.models import Campaign, CampaignGrant
from yueke.wallet.coupons.models import CouponBatch, CouponCode

__all__ = ["Account", "Campaign", "CampaignGrant", "CouponBatch", "CouponCode", "Transfer"]


class Account(models.Model):
    """A lot of one asset: what a learner owns with one scope and one expiry.

    A coupon is a lot of one unit. The company's own accounts have no learner and a `role`;
    they are the other side of every transfer and keep no balance, so that none is a hot row.
    """

    class Asset(models.TextChoices):
        CREDIT = "credit"
        COUPON = "coupon"
        STONE = "stone"

    class Role(models.TextChoices):
        LOT = "lot"
        ISSUED = "issued"
        SPENT = "spent"
        EXPIRED = "expired"

    market_id = models.IntegerField()
    role = models.TextField(choices=Role.choices, default=Role.LOT)
    learner_id = models.BigIntegerField(null=True)
    asset = models.TextField(choices=Asset.choices)
    # None: good for every product.
    product_id = models.BigIntegerField(null=True)
    expires_at = models.DateTimeField(null=True)
    balance = models.IntegerField(default=0)

    class Meta:
        db_table = "account"
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(balance__gte=0), name="account_balance_not_negative"
            ),
            models.CheckConstraint(
                condition=Q(role="lot", learner_id__isnull=False)
                | Q(~Q(role="lot"), learner_id__isnull=True, balance=0),
                name="account_lot_has_learner",
            ),
            models.UniqueConstraint(
                "market_id",
                "role",
                "asset",
                condition=~Q(role="lot"),
                name="account_one_of_the_company_per_role",
            ),
        ]
        indexes: ClassVar = [
            models.Index(
                F("market_id"),
                F("learner_id"),
                condition=Q(learner_id__isnull=False),
                name="account_by_learner",
            ),
            models.Index(
                F("expires_at"),
                condition=Q(expires_at__isnull=False),
                name="account_by_expiry",
            ),
        ]


class Transfer(models.Model):
    """So many units of one asset from one account to another: it sums to zero by its shape."""

    class Kind(models.TextChoices):
        GRANT = "grant"
        SPEND = "spend"
        REFUND = "refund"
        EXPIRE = "expire"

    pk = models.CompositePrimaryKey("event_id", "part")
    # The event that says who, through which channel and why.
    event_id = models.BigIntegerField()
    part = models.SmallIntegerField()
    market_id = models.IntegerField()
    learner_id = models.BigIntegerField()
    kind = models.TextField(choices=Kind.choices)
    asset = models.TextField(choices=Account.Asset.choices)
    from_account_id = models.BigIntegerField()
    to_account_id = models.BigIntegerField()
    amount = models.IntegerField()
    seat_id = models.BigIntegerField(null=True)
    # What was bought where it is no seat: a replay.
    purchase_id = models.BigIntegerField(null=True)
    at = models.DateTimeField()

    class Meta:
        db_table = "transfer"
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(amount__gt=0), name="transfer_amount_positive"),
            models.CheckConstraint(
                condition=~Q(from_account_id=F("to_account_id")), name="transfer_between_two"
            ),
            models.CheckConstraint(
                condition=Q(
                    kind__in=["spend", "refund"], seat_id__isnull=False, purchase_id__isnull=True
                )
                | Q(kind__in=["spend", "refund"], seat_id__isnull=True, purchase_id__isnull=False)
                | Q(kind__in=["grant", "expire"], seat_id__isnull=True, purchase_id__isnull=True),
                name="transfer_for_what_was_bought",
            ),
            models.UniqueConstraint(
                "seat_id",
                "kind",
                "part",
                condition=Q(seat_id__isnull=False),
                name="transfer_seat_paid_once",
            ),
            models.UniqueConstraint(
                "purchase_id",
                "kind",
                "part",
                condition=Q(purchase_id__isnull=False),
                name="transfer_purchase_paid_once",
            ),
        ]
