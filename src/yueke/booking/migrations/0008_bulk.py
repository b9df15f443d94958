"""One deed with many lessons, which a worker carries out row by row."""

from typing import ClassVar

from django.db import migrations, models
from django.db.models import F, Q


class Migration(migrations.Migration):
    """Make the tables."""

    dependencies: ClassVar = [("booking", "0007_open_classes")]
    operations: ClassVar = [
        migrations.CreateModel(
            name="Bulk",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        primary_key=True, serialize=False, auto_created=True, verbose_name="ID"
                    ),
                ),
                ("market_id", models.IntegerField()),
                ("channel", models.TextField()),
                ("actor_kind", models.TextField()),
                ("actor_id", models.BigIntegerField()),
                ("deed", models.TextField()),
                ("reason", models.TextField()),
                ("at", models.DateTimeField()),
            ],
            options={
                "db_table": "bulk",
                "indexes": [
                    models.Index(F("market_id"), F("channel"), F("id"), name="bulk_by_channel")
                ],
            },
        ),
        migrations.CreateModel(
            name="BulkRow",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "bulk_id",
                        "place",
                        blank=True,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("bulk_id", models.BigIntegerField()),
                ("place", models.SmallIntegerField()),
                ("seat_id", models.BigIntegerField()),
                ("chosen", models.BigIntegerField(null=True)),
                (
                    "state",
                    models.TextField(
                        choices=[("waiting", "Waiting"), ("done", "Done"), ("refused", "Refused")],
                        default="waiting",
                    ),
                ),
                ("outcome", models.TextField(default="")),
            ],
            options={
                "db_table": "bulk_row",
                "constraints": [
                    models.UniqueConstraint(
                        F("bulk_id"), F("seat_id"), name="bulk_row_one_per_seat"
                    ),
                    models.CheckConstraint(
                        condition=Q(state="waiting", outcome="")
                        | (~Q(state="waiting") & ~Q(outcome="")),
                        name="bulk_row_answered_or_waiting",
                    ),
                ],
                "indexes": [
                    models.Index(
                        F("bulk_id"),
                        F("place"),
                        condition=Q(state="waiting"),
                        name="bulk_row_waiting",
                    ),
                ],
            },
        ),
    ]
