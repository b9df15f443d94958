"""A lesson request: whom it is for, whom it asks, and what came of it."""

from typing import ClassVar

from django.db import models
from django.db.models import Q


class LessonRequest(models.Model):
    """A time that one teacher is asked for, which they have not opened."""

    class State(models.TextChoices):
        WAITING = "waiting"
        ACCEPTED = "accepted"
        REJECTED = "rejected"
        WITHDRAWN = "withdrawn"
        EXPIRED = "expired"

    market_id = models.IntegerField()
    learner_id = models.BigIntegerField()
    teacher_id = models.BigIntegerField()
    product = models.TextField()
    asset = models.TextField()
    # The coupon or lot to pay with; None: the first to expire.
    lot_id = models.BigIntegerField(null=True)
    starts_at = models.DateTimeField()
    state = models.TextField(choices=State.choices, default=State.WAITING)
    # Why it was asked, and why it was answered so.
    reason = models.TextField()
    answer = models.TextField(default="")
    # Who asked, and through which channel.
    channel = models.TextField()
    actor_kind = models.TextField()
    actor_id = models.BigIntegerField()
    asked_at = models.DateTimeField()
    # Unanswered, it is over at this instant.
    expires_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True)
    # The teacher's tick: the time stays theirs to offer when the learner cancels (T-3).
    keep = models.BooleanField(default=False)
    seat_id = models.BigIntegerField(null=True)

    class Meta:
        db_table = "lesson_request"
        constraints: ClassVar = [
            models.UniqueConstraint(
                "market_id",
                "learner_id",
                "teacher_id",
                "starts_at",
                condition=Q(state="waiting"),
                name="lesson_request_one_waiting_per_time",
            ),
            models.CheckConstraint(
                condition=Q(state="accepted", seat_id__isnull=False)
                | (~Q(state="accepted") & Q(seat_id__isnull=True)),
                name="lesson_request_accepted_has_seat",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["waiting", "accepted", "rejected", "withdrawn", "expired"]),
                name="lesson_request_state_known",
            ),
        ]
        indexes: ClassVar = [
            models.Index("market_id", "teacher_id", "state", name="lesson_request_by_teacher"),
            models.Index("market_id", "learner_id", name="lesson_request_by_learner"),
            models.Index("expires_at", condition=Q(state="waiting"), name="lesson_request_due"),
        ]
