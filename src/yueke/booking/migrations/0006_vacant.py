"""A lesson may be kept without a learner, for another to take the place."""

from typing import ClassVar

from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    """Add the state and what it means for seats."""

    dependencies: ClassVar = [("booking", "0005_seat_free_cancel_hours")]
    operations: ClassVar = [
        migrations.AlterField(
            "lesson",
            "state",
            models.TextField(
                choices=[
                    ("booked", "Booked"),
                    ("finished", "Finished"),
                    ("cancelled", "Cancelled"),
                    ("vacant", "Vacant"),
                ]
            ),
        ),
        migrations.RemoveConstraint("lesson", "lesson_state_known"),
        migrations.AddConstraint(
            "lesson",
            models.CheckConstraint(
                condition=Q(state__in=["booked", "finished", "cancelled", "vacant"]),
                name="lesson_state_known",
            ),
        ),
        migrations.AddConstraint(
            "lesson",
            models.CheckConstraint(
                condition=~Q(state="vacant") | Q(seats_taken=0), name="lesson_vacant_has_no_learner"
            ),
        ),
        migrations.AddConstraint(
            "lesson",
            models.CheckConstraint(
                condition=~Q(state="booked") | Q(seats_taken__gt=0) | Q(capacity__gt=1),
                name="lesson_for_one_has_its_learner",
            ),
        ),
        migrations.AddIndex(
            "lesson",
            models.Index("starts_at", condition=Q(state="vacant"), name="lesson_vacant_by_time"),
        ),
    ]
