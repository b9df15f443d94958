"""Who waits for a teacher at the door of the classroom, and what came of it."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q


class Wait(models.Model):
    """A learner who has entered the room of an overbooked lesson; one row a seat."""

    class State(models.TextChoices):
        WAITING = "waiting"
        MATCHED = "matched"
        # Nobody was free in time: the lesson was cancelled and refunded.
        GIVEN_UP = "given_up"
        # The lesson was cancelled, or taught by somebody else, meanwhile.
        LEFT = "left"

    seat_id = models.BigIntegerField(primary_key=True)
    market_id = models.IntegerField()
    lesson_id = models.BigIntegerField()
    learner_id = models.BigIntegerField()
    product_id = models.BigIntegerField()
    # What a teacher must teach: `trial:0`.
    skill = models.TextField()
    starts_at = models.DateTimeField()
    entered_at = models.DateTimeField()
    state = models.TextField(choices=State.choices, default=State.WAITING)
    teacher_id = models.BigIntegerField(null=True)
    settled_at = models.DateTimeField(null=True)
    # When support was told that it takes too long.
    alerted_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "wait"
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(state="matched", teacher_id__isnull=False)
                | (~Q(state="matched") & Q(teacher_id__isnull=True)),
                name="wait_matched_has_teacher",
            ),
            models.CheckConstraint(
                condition=Q(state="waiting", settled_at__isnull=True)
                | (~Q(state="waiting") & Q(settled_at__isnull=False)),
                name="wait_settled_at_a_moment",
            ),
        ]
        indexes: ClassVar = [
            models.Index(
                "market_id",
                "starts_at",
                "product_id",
                condition=Q(state="waiting"),
                name="wait_by_half_hour",
            ),
            models.Index("market_id", F("entered_at").desc(), name="wait_by_entry"),
        ]
