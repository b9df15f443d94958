"""What happened, and which requests have been answered."""

from typing import ClassVar

from django.db import models


class Event(models.Model):
    """One change: who, through which channel, when, why and what. Never updated."""

    id = models.BigAutoField(primary_key=True)
    market_id = models.IntegerField()
    at = models.DateTimeField()
    kind = models.TextField()
    channel = models.TextField()
    actor_kind = models.TextField()
    actor_id = models.BigIntegerField()
    reason = models.TextField(default="")
    lesson_id = models.BigIntegerField(null=True)
    learner_id = models.BigIntegerField(null=True)
    teacher_id = models.BigIntegerField(null=True)
    starts_at = models.DateTimeField(null=True)
    data = models.JSONField(default=dict)

    class Meta:
        db_table = "event"
        indexes: ClassVar = [
            models.Index(
                "market_id",
                "lesson_id",
                condition=models.Q(lesson_id__isnull=False),
                name="event_by_lesson",
            ),
            models.Index(
                "market_id",
                "learner_id",
                "id",
                condition=models.Q(learner_id__isnull=False),
                name="event_by_learner",
            ),
            models.Index(
                "market_id",
                "teacher_id",
                "starts_at",
                condition=models.Q(teacher_id__isnull=False),
                name="event_by_slot",
            ),
            models.Index(
                "market_id",
                "id",
                condition=models.Q(kind="wallet.granted"),
                name="event_of_grants",
            ),
        ]


class RequestKey(models.Model):
    """A request that was answered: the same key gives the same answer, and no second effect."""

    pk = models.CompositePrimaryKey("actor_kind", "actor_id", "key")
    actor_kind = models.TextField()
    actor_id = models.BigIntegerField()
    key = models.TextField()
    body_hash = models.BinaryField()
    outcome = models.JSONField()
    at = models.DateTimeField()

    class Meta:
        db_table = "request_key"


class LogReader(models.Model):
    """How far one reader of the log has come.

    `read_to` is the snapshot before which everything was read, `reading` the one now read
    towards, up to the event `after_id`. Whatever is unread has a higher id than `scan_from`,
    which `next_scan_from` follows once all that ran at `next_at` is over. Snapshots are those
    of PostgreSQL as text.
    """

    name = models.TextField(primary_key=True)
    read_to = models.TextField()
    reading = models.TextField(default="")
    after_id = models.BigIntegerField(default=0)
    scan_from = models.BigIntegerField()
    safe_id = models.BigIntegerField()
    next_scan_from = models.BigIntegerField()
    next_at = models.DateTimeField()

    class Meta:
        db_table = "log_reader"
