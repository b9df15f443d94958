"""Policies have values from a moment on."""

from typing import ClassVar

from django.db import migrations, models


class Migration(migrations.Migration):
    """Create the table."""

    dependencies: ClassVar = [("people", "0001_initial")]
    operations: ClassVar = [
        migrations.CreateModel(
            "PolicyValue",
            [
                ("id", models.BigIntegerField(primary_key=True, serialize=False)),
                ("market_id", models.IntegerField()),
                ("name", models.TextField()),
                ("product_id", models.BigIntegerField(null=True)),
                ("value", models.TextField()),
                ("from_at", models.DateTimeField()),
            ],
            options={"db_table": "policy_value"},
        ),
        migrations.AddIndex(
            "policyvalue",
            models.Index(
                "market_id", "name", "product_id", "from_at", "id", name="policy_value_in_force"
            ),
        ),
    ]
