"""The rules that learning partners store for their learners."""

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q


class AutoRule(models.Model):
    """What one learner is to have each week of one product. Its number is that of its event.

    `times` are half-hours of the market's week, Monday 00:00 is 0 and Sunday 23:30 is 335, by the
    wall clock; times, teachers and tags stand in the order in which they are liked.
    """

    id = models.BigIntegerField(primary_key=True)
    market_id = models.IntegerField()
    learner_id = models.BigIntegerField()
    product_id = models.BigIntegerField()
    lessons = models.SmallIntegerField()
    times = ArrayField(models.SmallIntegerField())
    teachers = ArrayField(models.BigIntegerField(), default=list)
    tags = ArrayField(models.TextField(), default=list)
    # No two lessons on a day, as far as there are days enough.
    is_spread = models.BooleanField(default=True)
    skips_holidays = models.BooleanField(default=False)
    asset = models.TextField(default="credit")
    is_active = models.BooleanField(default=True)
    # Who stored it last, through which channel, when.
    channel = models.TextField()
    actor_kind = models.TextField()
    actor_id = models.BigIntegerField()
    stored_at = models.DateTimeField()

    class Meta:
        db_table = "auto_rule"
        constraints: ClassVar = [
            models.UniqueConstraint(
                "market_id",
                "learner_id",
                "product_id",
                name="auto_rule_one_per_learner_and_product",
            ),
            models.CheckConstraint(
                condition=Q(lessons__range=(1, 14)), name="auto_rule_lessons_in_range"
            ),
        ]
