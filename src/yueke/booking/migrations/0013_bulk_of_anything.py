"""A bulk is a deed with classes or learners as well, and on terms that are the same for all."""

from typing import ClassVar

from django.db import migrations, models
from django.db.models import F


class Migration(migrations.Migration):
    """Let a row name whatever its deed is done to."""

    dependencies: ClassVar = [("booking", "0012_overbook_change")]
    operations: ClassVar = [
        migrations.RemoveConstraint("bulkrow", "bulk_row_one_per_seat"),
        migrations.RenameField("bulkrow", "seat_id", "subject_id"),
        migrations.AddConstraint(
            "bulkrow",
            models.UniqueConstraint(F("bulk_id"), F("subject_id"), name="bulk_row_one_per_subject"),
        ),
        migrations.AddField("bulk", "terms", models.JSONField(default=dict)),
    ]
