"""What learners were given last is found without reading the log through."""

from typing import ClassVar

from django.db import migrations, models


class Migration(migrations.Migration):
    """Index the events of grants alone."""

    dependencies: ClassVar = [("notices", "0004_log_reader")]
    operations: ClassVar = [
        migrations.AddIndex(
            "event",
            models.Index(
                models.F("market_id"),
                models.F("id"),
                condition=models.Q(kind="wallet.granted"),
                name="event_of_grants",
            ),
        ),
    ]
