"""Addresses of those who have not chosen how they are told."""

import django.contrib.postgres.fields
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("reminders", "0002_messages_of_no_lesson"),
    ]

    operations = [
        migrations.AlterField(
            model_name="contact",
            name="ways",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.TextField(), null=True, size=None
            ),
        ),
    ]
