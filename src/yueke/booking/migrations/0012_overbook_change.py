from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("booking", "0011_overbooking"),
    ]

    operations = [
        migrations.CreateModel(
            name="OverbookChange",
            fields=[
                ("id", models.BigIntegerField(primary_key=True, serialize=False)),
                ("market_id", models.IntegerField()),
                ("product_id", models.BigIntegerField()),
                ("was", models.JSONField()),
                ("steps", models.JSONField()),
            ],
            options={
                "db_table": "overbook_change",
                "indexes": [
                    models.Index(
                        models.F("market_id"),
                        models.F("product_id"),
                        models.F("id"),
                        name="overbook_change_by_product",
                    )
                ],
            },
        ),
    ]
