"""A teacher's lessons are found along an index."""

from typing import ClassVar

from django.db import migrations, models


class Migration(migrations.Migration):
    """Add the index."""

    dependencies: ClassVar = [("booking", "0001_initial")]
    operations: ClassVar = [
        migrations.AddIndex(
            model_name="lesson",
            index=models.Index("market_id", "teacher_id", "starts_at", name="lesson_by_teacher"),
        ),
    ]
