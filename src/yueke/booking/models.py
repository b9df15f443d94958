"""Lessons, seats, and the cells of a learner's time."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from yueke.booking.classes.models import (
    Attendance,
    ClassCover,
    ClassWait,
    OpenClass,
    Replay,
    ReplayPrice,
    ReplayPurchase,
)
from yueke.booking.overbooking.models import OverbookChange, OverbookStep

__all__ = [
    "Attendance",
    "ClassCover",
    "ClassWait",
    "Lesson",
    "OpenClass",
    "OverbookChange",
    "OverbookStep",
    "Replay",
    "ReplayPrice",
    "ReplayPurchase",
    "Seat",
    "SeatCell",
]


class Lesson(models.Model):
    """What happens at a time: a product taught by a teacher to those who have seats."""

    class State(models.TextChoices):
        BOOKED = "booked"
        FINISHED = "finished"
        CANCELLED = "cancelled"
        # Fake-cancelled: nobody has a seat, and the teacher's time stays sold.
        VACANT = "vacant"

    market_id = models.IntegerField()
    product_id = models.BigIntegerField()
    course_id = models.BigIntegerField(null=True)
    teacher_id = models.BigIntegerField(null=True)
    # Which lesson of the course is taught; none: the one that is next for each learner.
    course_number = models.SmallIntegerField(null=True)
    starts_at = models.DateTimeField()
    cells = models.SmallIntegerField()
    capacity = models.SmallIntegerField()
    # Counted on the row so that the constraint can hold it, whatever the code does.
    seats_taken = models.SmallIntegerField()
    state = models.TextField(choices=State.choices)

    class Meta:
        db_table = "lesson"
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(seats_taken__gte=0, seats_taken__lte=F("capacity")),
                name="lesson_seats_within_capacity",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["booked", "finished", "cancelled", "vacant"]),
                name="lesson_state_known",
            ),
            models.CheckConstraint(
                condition=Q(course_number__isnull=True) | Q(course_number__gte=1),
                name="lesson_course_number_positive",
            ),
            models.CheckConstraint(
                condition=~Q(state="vacant") | Q(seats_taken=0), name="lesson_vacant_has_no_learner"
            ),
            models.CheckConstraint(
                condition=~Q(state="booked") | Q(seats_taken__gt=0) | Q(capacity__gt=1),
                name="lesson_for_one_has_its_learner",
            ),
        ]
        indexes: ClassVar = [
            models.Index("market_id", "starts_at", name="lesson_by_time"),
            models.Index("market_id", "teacher_id", "starts_at", name="lesson_by_teacher"),
            models.Index("starts_at", condition=Q(state="vacant"), name="lesson_vacant_by_time"),
            models.Index(
                "market_id",
                "starts_at",
                "product_id",
                condition=Q(state="booked", teacher_id__isnull=True),
                name="lesson_without_teacher",
            ),
        ]


class Seat(models.Model):
    """A learner's place in a lesson, and how it was paid."""

    class State(models.TextChoices):
        LIVE = "live"
        CANCELLED = "cancelled"

    market_id = models.IntegerField()
    lesson_id = models.BigIntegerField()
    learner_id = models.BigIntegerField()
    starts_at = models.DateTimeField()
    state = models.TextField(choices=State.choices)
    asset = models.TextField()
    paid = models.IntegerField()
    refunded = models.IntegerField(default=0)
    # Marked by support: the learner did not come.
    absent = models.BooleanField(default=False, db_default=False)
    # While the lesson is finished: which lesson of the course it was for this learner, and how far
    # that moved their learning progress, which moves back as far when the finish is taken back.
    taught_number = models.SmallIntegerField(null=True)
    progress_moved = models.SmallIntegerField(null=True)
    # Until how many hours before the start it may be left free, as promised when it was booked;
    # None: as the product was set up.
    free_cancel_hours = models.SmallIntegerField(null=True)

    class Meta:
        db_table = "seat"
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(refunded__gte=0, refunded__lte=F("paid")),
                name="seat_refund_within_payment",
            ),
        ]
        indexes: ClassVar = [
            models.Index("lesson_id", name="seat_by_lesson"),
            models.Index("market_id", "learner_id", "starts_at", name="seat_by_learner"),
        ]


class SeatCell(models.Model):
    """One half-hour of one learner's time; the key is what keeps a learner in one place."""

    pk = models.CompositePrimaryKey("market_id", "learner_id", "starts_at")
    market_id = models.IntegerField()
    learner_id = models.BigIntegerField()
    starts_at = models.DateTimeField()
    seat_id = models.BigIntegerField()

    class Meta:
        db_table = "seat_cell"


class Bulk(models.Model):
    """One deed that somebody asked for with many lessons, classes or learners, done one by one.

    `terms` are the same for all of them: what each learner is given.
    """

    market_id = models.IntegerField()
    channel = models.TextField()
    actor_kind = models.TextField()
    actor_id = models.BigIntegerField()
    deed = models.TextField()
    terms = models.JSONField(default=dict)
    reason = models.TextField()
    at = models.DateTimeField()

    class Meta:
        db_table = "bulk"
        indexes: ClassVar = [models.Index("market_id", "channel", "id", name="bulk_by_channel")]


class BulkRow(models.Model):
    """One seat, class or learner of a bulk: what was chosen for it, how it came out, as JSON."""

    class State(models.TextChoices):
        WAITING = "waiting"
        DONE = "done"
        REFUSED = "refused"

    pk = models.CompositePrimaryKey("bulk_id", "place")
    bulk_id = models.BigIntegerField()
    place = models.SmallIntegerField()
    subject_id = models.BigIntegerField()
    chosen = models.BigIntegerField(null=True)
    state = models.TextField(choices=State.choices, default=State.WAITING)
    outcome = models.TextField(default="")

    class Meta:
        db_table = "bulk_row"
        constraints: ClassVar = [
            models.UniqueConstraint("bulk_id", "subject_id", name="bulk_row_one_per_subject"),
            models.CheckConstraint(
                condition=Q(state="waiting", outcome="") | (~Q(state="waiting") & ~Q(outcome="")),
                name="bulk_row_answered_or_waiting",
            ),
        ]
        indexes: ClassVar = [
            models.Index("bulk_id", "place", condition=Q(state="waiting"), name="bulk_row_waiting"),
        ]
