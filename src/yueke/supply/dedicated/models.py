"""Who is whose dedicated teacher, and at which weekly times."""

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q


class Dedicated(models.Model):
    """A learner's own teacher of a product, from a moment on, perhaps until another.

    Its number is that of the event that tells of it.
    """

    id = models.BigIntegerField(primary_key=True)
    market_id = models.IntegerField()
    learner_id = models.BigIntegerField()
    teacher_id = models.BigIntegerField()
    product = models.TextField()
    asset = models.TextField(default="credit")
    # Half-hours of the market's week that Monday's run books; Monday 00:00 is 0.
    times = ArrayField(models.SmallIntegerField(), default=list)
    chosen_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "dedicated"
        constraints: ClassVar = [
            models.UniqueConstraint(
                "market_id",
                "learner_id",
                "product",
                condition=Q(ended_at__isnull=True),
                name="dedicated_one_live_per_learner_and_product",
            ),
        ]
        indexes: ClassVar = [
            models.Index(
                "market_id",
                "teacher_id",
                condition=Q(ended_at__isnull=True),
                name="dedicated_live_by_teacher",
            ),
        ]
