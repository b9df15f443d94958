"""A contract, and its lesson of each week."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

_LIVE = Q(state__in=["proposed", "active"])


class Contract(models.Model):
    """A weekly time that a teacher is to keep for a learner; two with one `pair_id` are dual."""

    class State(models.TextChoices):
        PROPOSED = "proposed"
        ACTIVE = "active"
        DECLINED = "declined"
        ENDED = "ended"

    market_id = models.IntegerField()
    # The number of the event that tells of the pair.
    pair_id = models.BigIntegerField()
    learner_id = models.BigIntegerField()
    teacher_id = models.BigIntegerField()
    product = models.TextField()
    asset = models.TextField()
    # On the market's wall clock; 0 is Monday.
    weekday = models.SmallIntegerField()
    clock = models.TimeField()
    first_week = models.DateField()
    # The Monday of the first week whose lesson has not been planned.
    next_week = models.DateField()
    state = models.TextField(choices=State.choices, default=State.PROPOSED)
    reason = models.TextField()
    answer = models.TextField(default="")
    # Who proposed it, and through which channel.
    channel = models.TextField()
    actor_kind = models.TextField()
    actor_id = models.BigIntegerField()
    proposed_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "contract"
        constraints: ClassVar = [
            models.UniqueConstraint(
                "market_id",
                "teacher_id",
                "weekday",
                "clock",
                condition=_LIVE,
                name="contract_one_live_per_teacher_time",
            ),
            models.UniqueConstraint(
                "market_id",
                "learner_id",
                "weekday",
                "clock",
                condition=_LIVE,
                name="contract_one_live_per_learner_time",
            ),
            models.CheckConstraint(condition=Q(weekday__range=(0, 6)), name="contract_weekday"),
            models.CheckConstraint(
                condition=Q(state__in=["proposed", "active", "declined", "ended"]),
                name="contract_state_known",
            ),
        ]
        indexes: ClassVar = [
            models.Index("next_week", condition=_LIVE, name="contract_by_next_week"),
        ]


class ContractLesson(models.Model):
    """The lesson of one week of a contract: waiting for the teacher, booked, or why not."""

    class State(models.TextChoices):
        PROPOSED = "proposed"
        BOOKED = "booked"
        # It could not be: `why` has the code.
        MISSED = "missed"
        DECLINED = "declined"
        UNANSWERED = "unanswered"
        # Freed when the contract ended.
        FREED = "freed"

    pk = models.CompositePrimaryKey("contract_id", "week")
    contract_id = models.BigIntegerField()
    # A Monday.
    week = models.DateField()
    # None: the clock skips the time in that week.
    starts_at = models.DateTimeField(null=True)
    state = models.TextField(choices=State.choices)
    # Until when the teacher may agree.
    answer_by = models.DateTimeField(null=True)
    seat_id = models.BigIntegerField(null=True)
    why = models.TextField(default="")

    class Meta:
        db_table = "contract_lesson"
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(state__in=["booked", "freed"]) | Q(seat_id__isnull=True),
                name="contract_lesson_seat_when_booked",
            ),
            models.CheckConstraint(
                condition=~Q(state="booked") | Q(seat_id__isnull=False),
                name="contract_lesson_booked_has_seat",
            ),
            models.CheckConstraint(
                condition=(Q(state="missed") & ~Q(why="")) | (~Q(state="missed") & Q(why="")),
                name="contract_lesson_missed_says_why",
            ),
            models.CheckConstraint(
                condition=~Q(state="proposed")
                | Q(starts_at__isnull=False, answer_by__isnull=False),
                name="contract_lesson_proposed_has_time",
            ),
        ]
        indexes: ClassVar = [
            models.Index("answer_by", condition=Q(state="proposed"), name="contract_lesson_due"),
        ]
