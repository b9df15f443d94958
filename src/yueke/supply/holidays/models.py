"""The table of holidays."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q


class Holiday(models.Model):
    """Days of a market's calendar, first and last with them. Its number is that of its event."""

    id = models.BigIntegerField(primary_key=True)
    market_id = models.IntegerField()
    name = models.TextField()
    first_day = models.DateField()
    last_day = models.DateField()

    class Meta:
        db_table = "holiday"
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(last_day__gte=F("first_day")), name="holiday_ends_after_it_begins"
            ),
        ]
        indexes: ClassVar = [models.Index("market_id", "last_day", name="holiday_by_end")]
