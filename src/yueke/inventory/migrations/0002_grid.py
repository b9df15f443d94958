"""Slots lie on the grid, and leave room on the page for the one update most of them see."""

from typing import ClassVar

from django.db import migrations


class Migration(migrations.Migration):
    """Add the constraint and the fill factor."""

    dependencies: ClassVar = [("inventory", "0001_initial")]
    operations: ClassVar = [
        migrations.RunSQL(
            """ALTER TABLE slot ADD CONSTRAINT slot_on_the_grid
               CHECK (extract(epoch FROM starts_at)::bigint % 1800 = 0)""",
            "ALTER TABLE slot DROP CONSTRAINT slot_on_the_grid",
        ),
        migrations.RunSQL("ALTER TABLE slot SET (fillfactor = 80)", migrations.RunSQL.noop),
    ]
