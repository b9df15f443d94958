"""What a lesson has beside its seats when it is an open class."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q


class OpenClass(models.Model):
    """A lesson of many seats that families choose by what it is about.

    `about_zh` and `about_en` are HTML of which only what is harmless has been kept. It can be
    booked, and is shown to families, from `published_at` on.
    """

    lesson_id = models.BigIntegerField(primary_key=True)
    market_id = models.IntegerField()
    title_zh = models.TextField(default="")
    title_en = models.TextField(default="")
    about_zh = models.TextField(default="")
    about_en = models.TextField(default="")
    published_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "open_class"
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(published_at__isnull=True) | ~Q(title_zh="") & ~Q(title_en=""),
                name="open_class_published_has_titles",
            ),
        ]


class ClassCover(models.Model):
    """The picture of an open class, as it was uploaded."""

    lesson_id = models.BigIntegerField(primary_key=True)
    market_id = models.IntegerField()
    media_type = models.TextField()
    picture = models.BinaryField()
    # SHA-256 of the picture in hex: part of its address, so that browsers keep it.
    digest = models.TextField()

    class Meta:
        db_table = "class_cover"


class ClassWait(models.Model):
    """A learner who waits for a seat in a full class; the first to come is the first to get one."""

    class State(models.TextChoices):
        WAITING = "waiting"
        BOOKED = "booked"
        LEFT = "left"
        SKIPPED = "skipped"

    market_id = models.IntegerField()
    lesson_id = models.BigIntegerField()
    learner_id = models.BigIntegerField()
    # What the seat will be paid with.
    asset = models.TextField()
    since = models.DateTimeField()
    state = models.TextField(choices=State.choices, default=State.WAITING)

    class Meta:
        db_table = "class_wait"
        constraints: ClassVar = [
            models.UniqueConstraint(
                "lesson_id",
                "learner_id",
                condition=Q(state="waiting"),
                name="class_wait_once_per_learner",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["waiting", "booked", "left", "skipped"]),
                name="class_wait_state_known",
            ),
        ]
        indexes: ClassVar = [
            models.Index("market_id", "learner_id", name="class_wait_by_learner"),
        ]


class Attendance(models.Model):
    """Whether the learner of a seat came to the class."""

    seat_id = models.BigIntegerField(primary_key=True)
    market_id = models.IntegerField()
    lesson_id = models.BigIntegerField()
    came = models.BooleanField()

    class Meta:
        db_table = "class_attendance"
        indexes: ClassVar = [models.Index("lesson_id", name="class_attendance_by_lesson")]


class Replay(models.Model):
    """The recording of a class that is over, and what it costs to watch it for good.

    `address` is where the recording lies: it is shown to nobody who has no right to watch.
    """

    lesson_id = models.BigIntegerField(primary_key=True)
    market_id = models.IntegerField()
    address = models.TextField()
    on_sale = models.BooleanField()

    class Meta:
        db_table = "replay"


class ReplayPrice(models.Model):
    """What a replay costs in one asset."""

    replay = models.ForeignKey(Replay, on_delete=models.CASCADE, related_name="prices")
    asset = models.TextField()
    amount = models.IntegerField()

    class Meta:
        db_table = "replay_price"
        constraints: ClassVar = [
            models.UniqueConstraint("replay", "asset", name="replay_price_one_per_asset"),
            models.CheckConstraint(condition=Q(amount__gt=0), name="replay_price_positive"),
        ]


class ReplayPurchase(models.Model):
    """A family's right to watch a replay, and how it was paid. Its id is that of its event."""

    class State(models.TextChoices):
        LIVE = "live"
        REFUNDED = "refunded"

    market_id = models.IntegerField()
    lesson_id = models.BigIntegerField()
    family_id = models.BigIntegerField()
    learner_id = models.BigIntegerField()
    state = models.TextField(choices=State.choices, default=State.LIVE)
    asset = models.TextField()
    paid = models.IntegerField()
    refunded = models.IntegerField(default=0)
    at = models.DateTimeField()

    class Meta:
        db_table = "replay_purchase"
        constraints: ClassVar = [
            models.UniqueConstraint(
                "lesson_id",
                "family_id",
                condition=Q(state="live"),
                name="replay_bought_once_per_family",
            ),
            models.CheckConstraint(
                condition=Q(refunded__gte=0, refunded__lte=F("paid")),
                name="replay_refund_within_payment",
            ),
        ]
        indexes: ClassVar = [
            models.Index("market_id", "family_id", name="replay_purchase_by_family"),
        ]
