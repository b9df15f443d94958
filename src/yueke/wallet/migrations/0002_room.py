"""Accounts are updated in place: leave room on the page, so that no index has to follow."""

from typing import ClassVar

from django.db import migrations


class Migration(migrations.Migration):
    """Set the fill factor."""

    dependencies: ClassVar = [("wallet", "0001_initial")]
    operations: ClassVar = [
        migrations.RunSQL("ALTER TABLE account SET (fillfactor = 70)", migrations.RunSQL.noop),
    ]
