"""Where events are delivered to, and each delivery."""

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models

from yueke.people.models import Market


class WebhookEndpoint(models.Model):
    """An address of another system to which a market's events are sent.

    `kinds` are kinds of event, or groups of them as `lesson.*`; none means all. `rests_until`: it
    did not answer, and is left alone for a while. `failing_since`: its first failure after the
    last success.
    """

    market = models.ForeignKey(Market, on_delete=models.PROTECT)
    url = models.TextField()
    secret = models.TextField()
    # The secret before, which signs beside the new one until a moment.
    old_secret = models.TextField(default="")
    old_secret_until = models.DateTimeField(null=True)
    kinds = ArrayField(models.TextField(), default=list)
    is_on = models.BooleanField(default=True)
    created_at = models.DateTimeField()
    failures = models.IntegerField(default=0)
    failing_since = models.DateTimeField(null=True)
    rests_until = models.DateTimeField(null=True)

    class Meta:
        db_table = "webhook_endpoint"

    def __str__(self) -> str:
        return self.url


class WebhookDelivery(models.Model):
    """One event for one endpoint. While it is sent, `due_at` is when another may try."""

    class State(models.TextChoices):
        WAITING = "waiting"
        DELIVERED = "delivered"
        GIVEN_UP = "given_up"

    market_id = models.IntegerField()
    endpoint = models.ForeignKey(WebhookEndpoint, on_delete=models.CASCADE)
    event_id = models.BigIntegerField()
    kind = models.TextField()
    lesson_id = models.BigIntegerField(null=True)
    state = models.TextField(choices=State.choices, default=State.WAITING)
    attempts = models.IntegerField(default=0)
    due_at = models.DateTimeField()
    tried_at = models.DateTimeField(null=True)
    # The HTTP status of the last try, or why there was none.
    status = models.IntegerField(null=True)
    trouble = models.TextField(default="")

    class Meta:
        db_table = "webhook_delivery"
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["endpoint", "event_id"], name="delivery_once_per_event"
            ),
        ]
        indexes: ClassVar = [
            models.Index(
                "endpoint",
                "due_at",
                condition=models.Q(state="waiting"),
                name="delivery_waiting",
            ),
            models.Index(
                "endpoint",
                "lesson_id",
                "event_id",
                condition=models.Q(state="waiting"),
                name="delivery_waiting_of_lesson",
            ),
        ]
