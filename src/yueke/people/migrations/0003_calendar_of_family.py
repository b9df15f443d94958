"""Families have a secret calendar address too."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("people", "0002_policy_value"),
    ]

    operations = [
        migrations.AddField(
            model_name="family",
            name="calendar_token",
            field=models.TextField(null=True, unique=True),
        ),
    ]
