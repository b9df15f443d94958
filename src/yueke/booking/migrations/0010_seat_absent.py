"""A learner may be marked as not having come."""

from typing import ClassVar

from django.db import migrations, models


class Migration(migrations.Migration):
    """Add the mark."""

    dependencies: ClassVar = [("booking", "0009_replays")]
    operations: ClassVar = [
        migrations.AddField("seat", "absent", models.BooleanField(default=False, db_default=False)),
    ]
