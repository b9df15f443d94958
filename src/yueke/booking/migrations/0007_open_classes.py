"""Open classes beside their lessons: texts, covers, who waits, who came."""

from typing import ClassVar

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("booking", "0006_vacant"),
    ]

    operations: ClassVar = [
        migrations.CreateModel(
            name="ClassCover",
            fields=[
                ("lesson_id", models.BigIntegerField(primary_key=True, serialize=False)),
                ("market_id", models.IntegerField()),
                ("media_type", models.TextField()),
                ("picture", models.BinaryField()),
                ("digest", models.TextField()),
            ],
            options={
                "db_table": "class_cover",
            },
        ),
        migrations.CreateModel(
            name="Attendance",
            fields=[
                ("seat_id", models.BigIntegerField(primary_key=True, serialize=False)),
                ("market_id", models.IntegerField()),
                ("lesson_id", models.BigIntegerField()),
                ("came", models.BooleanField()),
            ],
            options={
                "db_table": "class_attendance",
                "indexes": [models.Index(models.F("lesson_id"), name="class_attendance_by_lesson")],
            },
        ),
        migrations.CreateModel(
            name="ClassWait",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("market_id", models.IntegerField()),
                ("lesson_id", models.BigIntegerField()),
                ("learner_id", models.BigIntegerField()),
                ("asset", models.TextField()),
                ("since", models.DateTimeField()),
                (
                    "state",
                    models.TextField(
                        choices=[
                            ("waiting", "Waiting"),
                            ("booked", "Booked"),
                            ("left", "Left"),
                            ("skipped", "Skipped"),
                        ],
                        default="waiting",
                    ),
                ),
            ],
            options={
                "db_table": "class_wait",
                "indexes": [
                    models.Index(
                        models.F("market_id"), models.F("learner_id"), name="class_wait_by_learner"
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(
                        models.F("lesson_id"),
                        models.F("learner_id"),
                        condition=models.Q(("state", "waiting")),
                        name="class_wait_once_per_learner",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ["waiting", "booked", "left", "skipped"])),
                        name="class_wait_state_known",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="OpenClass",
            fields=[
                ("lesson_id", models.BigIntegerField(primary_key=True, serialize=False)),
                ("market_id", models.IntegerField()),
                ("title_zh", models.TextField(default="")),
                ("title_en", models.TextField(default="")),
                ("about_zh", models.TextField(default="")),
                ("about_en", models.TextField(default="")),
                ("published_at", models.DateTimeField(null=True)),
            ],
            options={
                "db_table": "open_class",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("published_at__isnull", True),
                            models.Q(
                                models.Q(("title_zh", ""), _negated=True),
                                models.Q(("title_en", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="open_class_published_has_titles",
                    )
                ],
            },
        ),
    ]
