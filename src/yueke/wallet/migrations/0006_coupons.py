"""Batches of coupon codes."""

from typing import ClassVar

from django.db import migrations, models
from django.db.models import F, Q

_PARTS = ("redeemed_at", "family_id", "learner_id", "lot_id")


class Migration(migrations.Migration):
    """Create the tables."""

    dependencies: ClassVar = [("wallet", "0005_replays")]
    operations: ClassVar = [
        migrations.CreateModel(
            "CouponBatch",
            [
                ("id", models.BigIntegerField(primary_key=True, serialize=False)),
                ("market_id", models.IntegerField()),
                ("name_zh", models.TextField()),
                ("name_en", models.TextField()),
                ("product_id", models.BigIntegerField(null=True)),
                ("codes", models.IntegerField()),
                ("valid_days", models.IntegerField()),
                ("redeem_until", models.DateTimeField()),
                ("limit_per_family", models.IntegerField()),
            ],
            options={
                "db_table": "coupon_batch",
                "indexes": [models.Index(F("market_id"), F("id"), name="coupon_batch_by_market")],
                "constraints": [
                    models.CheckConstraint(
                        condition=Q(codes__gt=0, valid_days__gt=0, limit_per_family__gt=0),
                        name="coupon_batch_counts_positive",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            "CouponCode",
            [
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "market_id",
                        "code",
                        blank=True,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("market_id", models.IntegerField()),
                ("code", models.TextField()),
                ("batch_id", models.BigIntegerField()),
                ("redeemed_at", models.DateTimeField(null=True)),
                ("family_id", models.BigIntegerField(null=True)),
                ("learner_id", models.BigIntegerField(null=True)),
                ("lot_id", models.BigIntegerField(null=True, unique=True)),
            ],
            options={
                "db_table": "coupon_code",
                "indexes": [
                    models.Index(F("batch_id"), F("family_id"), name="coupon_code_of_batch")
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=Q(**{f"{part}__isnull": True for part in _PARTS})
                        | Q(**{f"{part}__isnull": False for part in _PARTS}),
                        name="coupon_code_redeemed_whole_or_not",
                    )
                ],
            },
        ),
    ]
