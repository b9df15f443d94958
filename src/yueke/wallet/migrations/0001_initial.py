"""The first tables of the room."""

from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="Account",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("market_id", models.IntegerField()),
                (
                    "role",
                    models.TextField(
                        choices=[
                            ("lot", "Lot"),
                            ("issued", "Issued"),
                            ("spent", "Spent"),
                            ("expired", "Expired"),
                        ],
                        default="lot",
                    ),
                ),
                ("learner_id", models.BigIntegerField(null=True)),
                (
                    "asset",
                    models.TextField(
                        choices=[("credit", "Credit"), ("coupon", "Coupon"), ("stone", "Stone")]
                    ),
                ),
                ("product_id", models.BigIntegerField(null=True)),
                ("expires_at", models.DateTimeField(null=True)),
                ("balance", models.IntegerField(default=0)),
            ],
            options={
                "db_table": "account",
                "indexes": [
                    models.Index(
                        models.F("market_id"),
                        models.F("learner_id"),
                        condition=models.Q(("learner_id__isnull", False)),
                        name="account_by_learner",
                    ),
                    models.Index(
                        models.F("expires_at"),
                        condition=models.Q(("expires_at__isnull", False)),
                        name="account_by_expiry",
                    ),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("balance__gte", 0)), name="account_balance_not_negative"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("learner_id__isnull", False), ("role", "lot")),
                            models.Q(
                                models.Q(("role", "lot"), _negated=True),
                                ("balance", 0),
                                ("learner_id__isnull", True),
                            ),
                            _connector="OR",
                        ),
                        name="account_lot_has_learner",
                    ),
                    models.UniqueConstraint(
                        models.F("market_id"),
                        models.F("role"),
                        models.F("asset"),
                        condition=models.Q(("role", "lot"), _negated=True),
                        name="account_one_of_the_company_per_role",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Transfer",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "event_id",
                        "part",
                        blank=True,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("event_id", models.BigIntegerField()),
                ("part", models.SmallIntegerField()),
                ("market_id", models.IntegerField()),
                ("learner_id", models.BigIntegerField()),
                (
                    "kind",
                    models.TextField(
                        choices=[
                            ("grant", "Grant"),
                            ("spend", "Spend"),
                            ("refund", "Refund"),
                            ("expire", "Expire"),
                        ]
                    ),
                ),
                (
                    "asset",
                    models.TextField(
                        choices=[("credit", "Credit"), ("coupon", "Coupon"), ("stone", "Stone")]
                    ),
                ),
                ("from_account_id", models.BigIntegerField()),
                ("to_account_id", models.BigIntegerField()),
                ("amount", models.IntegerField()),
                ("seat_id", models.BigIntegerField(null=True)),
                ("at", models.DateTimeField()),
            ],
            options={
                "db_table": "transfer",
                "indexes": [
                    models.Index(
                        models.F("market_id"),
                        models.F("learner_id"),
                        models.F("event_id"),
                        name="transfer_by_learner",
                    )
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("amount__gt", 0)), name="transfer_amount_positive"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("from_account_id", models.F("to_account_id")), _negated=True
                        ),
                        name="transfer_between_two",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("kind__in", ["spend", "refund"]), ("seat_id__isnull", False)),
                            models.Q(("kind__in", ["grant", "expire"]), ("seat_id__isnull", True)),
                            _connector="OR",
                        ),
                        name="transfer_for_a_seat_or_not",
                    ),
                    models.UniqueConstraint(
                        models.F("seat_id"),
                        models.F("kind"),
                        models.F("part"),
                        condition=models.Q(("seat_id__isnull", False)),
                        name="transfer_seat_paid_once",
                    ),
                ],
            },
        ),
    ]
