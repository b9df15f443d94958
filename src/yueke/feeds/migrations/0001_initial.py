"""The first tables of the room."""

import django.contrib.postgres.fields
import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("people", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="WebhookEndpoint",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("url", models.TextField()),
                ("secret", models.TextField()),
                (
                    "kinds",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.TextField(), default=list, size=None
                    ),
                ),
                ("is_on", models.BooleanField(default=True)),
                ("created_at", models.DateTimeField()),
                ("failures", models.IntegerField(default=0)),
                ("failing_since", models.DateTimeField(null=True)),
                ("rests_until", models.DateTimeField(null=True)),
                (
                    "market",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, to="people.market"
                    ),
                ),
            ],
            options={
                "db_table": "webhook_endpoint",
            },
        ),
        migrations.CreateModel(
            name="WebhookDelivery",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("market_id", models.IntegerField()),
                ("event_id", models.BigIntegerField()),
                ("kind", models.TextField()),
                ("lesson_id", models.BigIntegerField(null=True)),
                (
                    "state",
                    models.TextField(
                        choices=[
                            ("waiting", "Waiting"),
                            ("delivered", "Delivered"),
                            ("given_up", "Given Up"),
                        ],
                        default="waiting",
                    ),
                ),
                ("attempts", models.IntegerField(default=0)),
                ("due_at", models.DateTimeField()),
                ("tried_at", models.DateTimeField(null=True)),
                ("status", models.IntegerField(null=True)),
                ("trouble", models.TextField(default="")),
                (
                    "endpoint",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, to="feeds.webhookendpoint"
                    ),
                ),
            ],
            options={
                "db_table": "webhook_delivery",
                "indexes": [
                    models.Index(
                        models.F("endpoint"),
                        models.F("due_at"),
                        condition=models.Q(("state", "waiting")),
                        name="delivery_waiting",
                    ),
                    models.Index(
                        models.F("endpoint"),
                        models.F("lesson_id"),
                        models.F("event_id"),
                        condition=models.Q(("state", "waiting")),
                        name="delivery_waiting_of_lesson",
                    ),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("endpoint", "event_id"), name="delivery_once_per_event"
                    )
                ],
            },
        ),
    ]
