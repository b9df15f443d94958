from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("supply", "0007_catch_ups"),
    ]

    operations = [
        migrations.AddField(
            model_name="weeklyrun",
            name="started_event_id",
            field=models.BigIntegerField(null=True),
        ),
        migrations.AddField(
            model_name="weeklyrun",
            name="finished_event_id",
            field=models.BigIntegerField(null=True),
        ),
    ]
