"""Replays of open classes, what they cost, and who bought them."""

from typing import ClassVar

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    """Add the tables."""

    dependencies: ClassVar = [("booking", "0008_bulk")]

    operations: ClassVar = [
        migrations.CreateModel(
            name="Replay",
            fields=[
                ("lesson_id", models.BigIntegerField(primary_key=True, serialize=False)),
                ("market_id", models.IntegerField()),
                ("address", models.TextField()),
                ("on_sale", models.BooleanField()),
            ],
            options={
                "db_table": "replay",
            },
        ),
        migrations.CreateModel(
            name="ReplayPurchase",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("market_id", models.IntegerField()),
                ("lesson_id", models.BigIntegerField()),
                ("family_id", models.BigIntegerField()),
                ("learner_id", models.BigIntegerField()),
                (
                    "state",
                    models.TextField(
                        choices=[("live", "Live"), ("refunded", "Refunded")], default="live"
                    ),
                ),
                ("asset", models.TextField()),
                ("paid", models.IntegerField()),
                ("refunded", models.IntegerField(default=0)),
                ("at", models.DateTimeField()),
            ],
            options={
                "db_table": "replay_purchase",
                "indexes": [
                    models.Index(
                        models.F("market_id"),
                        models.F("family_id"),
                        name="replay_purchase_by_family",
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(
                        models.F("lesson_id"),
                        models.F("family_id"),
                        condition=models.Q(("state", "live")),
                        name="replay_bought_once_per_family",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("refunded__gte", 0), ("refunded__lte", models.F("paid"))
                        ),
                        name="replay_refund_within_payment",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ReplayPrice",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("asset", models.TextField()),
                ("amount", models.IntegerField()),
                (
                    "replay",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="prices",
                        to="booking.replay",
                    ),
                ),
            ],
            options={
                "db_table": "replay_price",
                "constraints": [
                    models.UniqueConstraint(
                        models.F("replay"), models.F("asset"), name="replay_price_one_per_asset"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("amount__gt", 0)), name="replay_price_positive"
                    ),
                ],
            },
        ),
    ]
