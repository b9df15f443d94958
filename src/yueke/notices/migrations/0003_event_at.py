"""The moment of an event is given by who writes it; nothing changes in the table."""

from typing import ClassVar

from django.db import migrations, models


class Migration(migrations.Migration):
    """Take the default away from the model."""

    dependencies: ClassVar = [("notices", "0002_row_id")]
    operations: ClassVar = [
        migrations.AlterField("event", "at", models.DateTimeField()),
    ]
