"""A lesson may be finished, and is in no state that nobody knows."""

from typing import ClassVar

from django.db import migrations, models


class Migration(migrations.Migration):
    """Name the states."""

    dependencies: ClassVar = [("booking", "0002_lesson_by_teacher")]
    operations: ClassVar = [
        migrations.AlterField(
            "lesson",
            "state",
            models.TextField(
                choices=[("booked", "Booked"), ("finished", "Finished"), ("cancelled", "Cancelled")]
            ),
        ),
        migrations.AddConstraint(
            "lesson",
            models.CheckConstraint(
                condition=models.Q(state__in=["booked", "finished", "cancelled"]),
                name="lesson_state_known",
            ),
        ),
    ]
