"""A lesson may be free, and a product may need a level of the major course."""

from typing import ClassVar

from django.db import migrations, models


class Migration(migrations.Migration):
    """Add the level, and let prices be nothing."""

    dependencies: ClassVar = [("curriculum", "0002_progress_from_first_lesson")]
    operations: ClassVar = [
        migrations.AddField("product", "major_level_needed", models.SmallIntegerField(null=True)),
        migrations.RemoveConstraint("price", "price_positive"),
        migrations.AddConstraint(
            "price",
            models.CheckConstraint(condition=models.Q(amount__gte=0), name="price_not_negative"),
        ),
    ]
