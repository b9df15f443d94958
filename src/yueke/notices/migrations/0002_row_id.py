"""One sequence numbers every row that a change writes."""

from typing import ClassVar

from django.db import migrations


class Migration(migrations.Migration):
    """Create the sequence."""

    dependencies: ClassVar = [("notices", "0001_initial")]
    operations: ClassVar = [
        migrations.RunSQL("CREATE SEQUENCE row_id AS bigint", "DROP SEQUENCE row_id"),
    ]
