"""A transfer may be for a purchase that is no seat: a replay."""

from typing import ClassVar

from django.db import migrations, models


class Migration(migrations.Migration):
    """Name what was bought."""

    dependencies: ClassVar = [("wallet", "0004_campaigns")]

    operations: ClassVar = [
        migrations.RemoveConstraint(
            model_name="transfer",
            name="transfer_for_a_seat_or_not",
        ),
        migrations.AddField(
            model_name="transfer",
            name="purchase_id",
            field=models.BigIntegerField(null=True),
        ),
        migrations.AddConstraint(
            model_name="transfer",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("kind__in", ["spend", "refund"]),
                        ("purchase_id__isnull", True),
                        ("seat_id__isnull", False),
                    ),
                    models.Q(
                        ("kind__in", ["spend", "refund"]),
                        ("purchase_id__isnull", False),
                        ("seat_id__isnull", True),
                    ),
                    models.Q(
                        ("kind__in", ["grant", "expire"]),
                        ("purchase_id__isnull", True),
                        ("seat_id__isnull", True),
                    ),
                    _connector="OR",
                ),
                name="transfer_for_what_was_bought",
            ),
        ),
        migrations.AddConstraint(
            model_name="transfer",
            constraint=models.UniqueConstraint(
                models.F("purchase_id"),
                models.F("kind"),
                models.F("part"),
                condition=models.Q(("purchase_id__isnull", False)),
                name="transfer_purchase_paid_once",
            ),
        ),
    ]
