"""The strategy of overbooking: how many lessons without teachers, how many teachers are held."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q


class OverbookStep(models.Model):
    """What holds from a half-hour of the week on, until that of the next row; Monday 00:00 is 0.

    At most `ceiling` lessons of the product are booked without a teacher at a half-hour. For them
    `ratio_percent` as many teachers are held, `floor` at least.
    """

    market_id = models.IntegerField()
    product_id = models.BigIntegerField()
    from_half_hour = models.SmallIntegerField()
    ratio_percent = models.SmallIntegerField()
    floor = models.SmallIntegerField()
    ceiling = models.SmallIntegerField()

    class Meta:
        db_table = "overbook_step"
        constraints: ClassVar = [
            models.UniqueConstraint(
                "market_id", "product_id", "from_half_hour", name="overbook_step_once_a_half_hour"
            ),
            models.CheckConstraint(
                condition=Q(from_half_hour__range=(0, 335)), name="overbook_step_half_hour"
            ),
            models.CheckConstraint(
                condition=Q(ratio_percent__range=(0, 200)), name="overbook_step_ratio"
            ),
            models.CheckConstraint(
                condition=Q(floor__gte=0, ceiling__gte=F("floor")), name="overbook_step_floor"
            ),
        ]


class OverbookChange(models.Model):
    """One change of a product's strategy: what it was and became. `id` is its event's.

    A step is a list of its half-hour of the week, ratio in percent, floor and ceiling.
    """

    id = models.BigIntegerField(primary_key=True)
    market_id = models.IntegerField()
    product_id = models.BigIntegerField()
    was = models.JSONField()
    steps = models.JSONField()

    class Meta:
        db_table = "overbook_change"
        indexes: ClassVar = [
            models.Index("market_id", "product_id", "id", name="overbook_change_by_product")
        ]
