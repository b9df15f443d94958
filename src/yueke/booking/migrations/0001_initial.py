"""The first tables of the room."""

from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="SeatCell",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "market_id",
                        "learner_id",
                        "starts_at",
                        blank=True,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("market_id", models.IntegerField()),
                ("learner_id", models.BigIntegerField()),
                ("starts_at", models.DateTimeField()),
                ("seat_id", models.BigIntegerField()),
            ],
            options={
                "db_table": "seat_cell",
            },
        ),
        migrations.CreateModel(
            name="Lesson",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("market_id", models.IntegerField()),
                ("product_id", models.BigIntegerField()),
                ("course_id", models.BigIntegerField(null=True)),
                ("teacher_id", models.BigIntegerField(null=True)),
                ("starts_at", models.DateTimeField()),
                ("cells", models.SmallIntegerField()),
                ("capacity", models.SmallIntegerField()),
                ("seats_taken", models.SmallIntegerField()),
                (
                    "state",
                    models.TextField(choices=[("booked", "Booked"), ("cancelled", "Cancelled")]),
                ),
            ],
            options={
                "db_table": "lesson",
                "indexes": [
                    models.Index(
                        models.F("market_id"), models.F("starts_at"), name="lesson_by_time"
                    )
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("seats_taken__gte", 0), ("seats_taken__lte", models.F("capacity"))
                        ),
                        name="lesson_seats_within_capacity",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Seat",
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
                ("starts_at", models.DateTimeField()),
                ("state", models.TextField(choices=[("live", "Live"), ("cancelled", "Cancelled")])),
                ("asset", models.TextField()),
                ("paid", models.IntegerField()),
                ("refunded", models.IntegerField(default=0)),
            ],
            options={
                "db_table": "seat",
                "indexes": [
                    models.Index(models.F("lesson_id"), name="seat_by_lesson"),
                    models.Index(
                        models.F("market_id"),
                        models.F("learner_id"),
                        models.F("starts_at"),
                        name="seat_by_learner",
                    ),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("refunded__gte", 0), ("refunded__lte", models.F("paid"))
                        ),
                        name="seat_refund_within_payment",
                    )
                ],
            },
        ),
    ]
