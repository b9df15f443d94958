"""The first tables of the room."""

import django.contrib.postgres.fields
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="Contact",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "party_kind",
                        "party_id",
                        blank=True,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("party_kind", models.TextField()),
                ("party_id", models.BigIntegerField()),
                ("market_id", models.IntegerField()),
                (
                    "ways",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.TextField(), default=list, size=None
                    ),
                ),
                ("email", models.TextField(default="")),
                ("phone", models.TextField(default="")),
                ("wechat", models.TextField(default="")),
            ],
            options={
                "db_table": "contact",
            },
        ),
        migrations.CreateModel(
            name="ReminderMark",
            fields=[
                ("market_id", models.IntegerField(primary_key=True, serialize=False)),
                ("planned_to", models.DateTimeField()),
            ],
            options={
                "db_table": "reminder_mark",
            },
        ),
        migrations.CreateModel(
            name="Message",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("market_id", models.IntegerField()),
                ("party_kind", models.TextField()),
                ("party_id", models.BigIntegerField()),
                ("cause", models.TextField()),
                ("way", models.TextField()),
                ("about", models.TextField()),
                ("lesson_id", models.BigIntegerField()),
                ("learner_id", models.BigIntegerField(null=True)),
                (
                    "state",
                    models.TextField(
                        choices=[
                            ("waiting", "Waiting"),
                            ("sent", "Sent"),
                            ("dropped", "Dropped"),
                            ("failed", "Failed"),
                        ],
                        default="waiting",
                    ),
                ),
                ("attempts", models.IntegerField(default=0)),
                ("due_at", models.DateTimeField()),
                ("sent_at", models.DateTimeField(null=True)),
                ("address", models.TextField(default="")),
                ("subject", models.TextField(default="")),
                ("text", models.TextField(default="")),
                ("trouble", models.TextField(default="")),
            ],
            options={
                "db_table": "message",
                "indexes": [
                    models.Index(
                        models.F("due_at"),
                        condition=models.Q(("state", "waiting")),
                        name="message_waiting",
                    ),
                    models.Index(models.F("market_id"), models.F("id"), name="message_of_market"),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("party_kind", "party_id", "cause", "way"),
                        name="message_once_per_cause",
                    )
                ],
            },
        ),
    ]
