"""The first tables of the room."""

import django.utils.timezone
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="RequestKey",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "actor_kind",
                        "actor_id",
                        "key",
                        blank=True,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("actor_kind", models.TextField()),
                ("actor_id", models.BigIntegerField()),
                ("key", models.TextField()),
                ("body_hash", models.BinaryField()),
                ("outcome", models.JSONField()),
                ("at", models.DateTimeField()),
            ],
            options={
                "db_table": "request_key",
            },
        ),
        migrations.CreateModel(
            name="Event",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("market_id", models.IntegerField()),
                ("at", models.DateTimeField(default=django.utils.timezone.now)),
                ("kind", models.TextField()),
                ("channel", models.TextField()),
                ("actor_kind", models.TextField()),
                ("actor_id", models.BigIntegerField()),
                ("reason", models.TextField(default="")),
                ("lesson_id", models.BigIntegerField(null=True)),
                ("learner_id", models.BigIntegerField(null=True)),
                ("teacher_id", models.BigIntegerField(null=True)),
                ("starts_at", models.DateTimeField(null=True)),
                ("data", models.JSONField(default=dict)),
            ],
            options={
                "db_table": "event",
                "indexes": [
                    models.Index(
                        models.F("market_id"),
                        models.F("lesson_id"),
                        condition=models.Q(("lesson_id__isnull", False)),
                        name="event_by_lesson",
                    ),
                    models.Index(
                        models.F("market_id"),
                        models.F("learner_id"),
                        models.F("id"),
                        condition=models.Q(("learner_id__isnull", False)),
                        name="event_by_learner",
                    ),
                    models.Index(
                        models.F("market_id"),
                        models.F("teacher_id"),
                        models.F("starts_at"),
                        condition=models.Q(("teacher_id__isnull", False)),
                        name="event_by_slot",
                    ),
                ],
            },
        ),
    ]
