"""Events know their transaction, so that a reader of the log misses none that commits late."""

from typing import ClassVar

from django.db import migrations, models


class Migration(migrations.Migration):
    """Add the column, which fills itself, and the readers."""

    dependencies: ClassVar = [("notices", "0003_event_at")]
    operations: ClassVar = [
        migrations.RunSQL(
            "ALTER TABLE event ADD COLUMN tx xid8 NOT NULL DEFAULT pg_current_xact_id()",
            "ALTER TABLE event DROP COLUMN tx",
        ),
        migrations.CreateModel(
            name="LogReader",
            fields=[
                ("name", models.TextField(primary_key=True, serialize=False)),
                ("read_to", models.TextField()),
                ("reading", models.TextField(default="")),
                ("after_id", models.BigIntegerField(default=0)),
                ("scan_from", models.BigIntegerField()),
                ("safe_id", models.BigIntegerField()),
                ("next_scan_from", models.BigIntegerField()),
                ("next_at", models.DateTimeField()),
            ],
            options={"db_table": "log_reader"},
        ),
    ]
