"""The first tables of the room."""

from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="Slot",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "market_id",
                        "teacher_id",
                        "starts_at",
                        blank=True,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("market_id", models.IntegerField()),
                ("teacher_id", models.BigIntegerField()),
                ("starts_at", models.DateTimeField()),
                (
                    "state",
                    models.TextField(
                        choices=[("open", "Open"), ("held", "Held"), ("booked", "Booked")],
                        default="open",
                    ),
                ),
                ("rating", models.SmallIntegerField(default=0)),
                (
                    "target_kind",
                    models.TextField(
                        choices=[("student", "Student"), ("product", "Product")], null=True
                    ),
                ),
                ("target_id", models.BigIntegerField(null=True)),
                ("reserved_until", models.DateTimeField(null=True)),
                ("lesson_id", models.BigIntegerField(null=True)),
            ],
            options={
                "db_table": "slot",
                "indexes": [
                    models.Index(
                        models.F("market_id"),
                        models.F("starts_at"),
                        models.OrderBy(models.F("rating"), descending=True),
                        models.OrderBy(models.F("teacher_id"), descending=True),
                        condition=models.Q(("state", "open"), ("target_kind__isnull", True)),
                        name="slot_open_by_rating",
                    ),
                    models.Index(
                        models.F("market_id"),
                        models.F("target_kind"),
                        models.F("target_id"),
                        models.F("starts_at"),
                        condition=models.Q(("state", "open"), ("target_kind__isnull", False)),
                        name="slot_open_by_target",
                    ),
                    models.Index(
                        models.F("reserved_until"),
                        condition=models.Q(
                            ("reserved_until__isnull", False), ("state__in", ["open", "held"])
                        ),
                        name="slot_by_reservation_end",
                    ),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("lesson_id__isnull", False), ("state", "booked")),
                            models.Q(
                                models.Q(("state", "booked"), _negated=True),
                                ("lesson_id__isnull", True),
                            ),
                            _connector="OR",
                        ),
                        name="slot_booked_has_lesson",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("target_id__isnull", True), ("target_kind__isnull", True)),
                            models.Q(("target_id__isnull", False), ("target_kind__isnull", False)),
                            _connector="OR",
                        ),
                        name="slot_target_whole",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ["open", "held", "booked"])),
                        name="slot_state_known",
                    ),
                ],
            },
        ),
    ]
