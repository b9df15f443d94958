"""A lesson may say which lesson of its course it teaches, and a seat which it was."""

from typing import ClassVar

from django.db import migrations, models

# Until now every finish moved its learners by one.
_MOVED = """
UPDATE seat s SET progress_moved = 1 FROM lesson l
WHERE l.id = s.lesson_id AND l.state = 'finished' AND l.course_id IS NOT NULL AND s.state = 'live'
"""


class Migration(migrations.Migration):
    """Add the numbers."""

    dependencies: ClassVar = [("booking", "0003_lesson_finished")]
    operations: ClassVar = [
        migrations.AddField("lesson", "course_number", models.SmallIntegerField(null=True)),
        migrations.AddField("seat", "taught_number", models.SmallIntegerField(null=True)),
        migrations.AddField("seat", "progress_moved", models.SmallIntegerField(null=True)),
        migrations.AddConstraint(
            "lesson",
            models.CheckConstraint(
                condition=models.Q(course_number__isnull=True) | models.Q(course_number__gte=1),
                name="lesson_course_number_positive",
            ),
        ),
        migrations.RunSQL(_MOVED, migrations.RunSQL.noop),
    ]
