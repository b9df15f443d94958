"""Learning progress stands at the first lesson of a course or further on."""

from typing import ClassVar

from django.db import migrations, models


class Migration(migrations.Migration):
    """Keep the number of the next lesson from 1 on."""

    dependencies: ClassVar = [("curriculum", "0001_initial")]
    operations: ClassVar = [
        migrations.AddConstraint(
            "learningprogress",
            models.CheckConstraint(
                condition=models.Q(next_number__gte=1), name="learning_progress_from_first_lesson"
            ),
        ),
    ]
