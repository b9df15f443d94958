"""A seat keeps until when it was promised to be cancelled free."""

from typing import ClassVar

from django.db import migrations, models


class Migration(migrations.Migration):
    """Add the hours."""

    dependencies: ClassVar = [("booking", "0004_courseware")]
    operations: ClassVar = [
        migrations.AddField("seat", "free_cancel_hours", models.SmallIntegerField(null=True)),
    ]
