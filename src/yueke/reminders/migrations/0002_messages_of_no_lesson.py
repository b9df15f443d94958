"""Messages of times that no lesson stands for."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("reminders", "0001_initial"),
    ]

    operations = [
        migrations.AddField(
            model_name="message",
            name="product",
            field=models.TextField(db_default="", default=""),
        ),
        migrations.AddField(
            model_name="message",
            name="starts_at",
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name="message",
            name="teacher_id",
            field=models.BigIntegerField(null=True),
        ),
        migrations.AddField(
            model_name="message",
            name="until",
            field=models.DateTimeField(null=True),
        ),
        migrations.AlterField(
            model_name="message",
            name="lesson_id",
            field=models.BigIntegerField(null=True),
        ),
    ]
