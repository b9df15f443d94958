"""How people want to be told, and what they were told. A party is a family or a teacher."""

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models


class Contact(models.Model):
    """How a party wants to be told, and where they can be.

    `ways` are those they have chosen, none, one or several; null: they have not chosen.
    """

    pk = models.CompositePrimaryKey("party_kind", "party_id")
    party_kind = models.TextField()
    party_id = models.BigIntegerField()
    market_id = models.IntegerField()
    ways = ArrayField(models.TextField(), null=True)
    email = models.TextField(default="")
    phone = models.TextField(default="")
    # The openid that WeChat knows them by.
    wechat = models.TextField(default="")

    class Meta:
        db_table = "contact"


class Message(models.Model):
    """One message, by one way. `cause` names what it is for: it is sent once for each cause."""

    class State(models.TextChoices):
        WAITING = "waiting"
        SENT = "sent"
        DROPPED = "dropped"
        FAILED = "failed"

    market_id = models.IntegerField()
    party_kind = models.TextField()
    party_id = models.BigIntegerField()
    cause = models.TextField()
    way = models.TextField()
    about = models.TextField()
    # A lesson says itself when it is, with whom, and of what; without one the message does.
    lesson_id = models.BigIntegerField(null=True)
    learner_id = models.BigIntegerField(null=True)
    teacher_id = models.BigIntegerField(null=True)
    product = models.TextField(default="", db_default="")
    starts_at = models.DateTimeField(null=True)
    until = models.DateTimeField(null=True)
    state = models.TextField(choices=State.choices, default=State.WAITING)
    attempts = models.IntegerField(default=0)
    due_at = models.DateTimeField()
    # As it was sent.
    sent_at = models.DateTimeField(null=True)
    address = models.TextField(default="")
    subject = models.TextField(default="")
    text = models.TextField(default="")
    trouble = models.TextField(default="")

    class Meta:
        db_table = "message"
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["party_kind", "party_id", "cause", "way"], name="message_once_per_cause"
            ),
        ]
        indexes: ClassVar = [
            models.Index("due_at", condition=models.Q(state="waiting"), name="message_waiting"),
            models.Index("market_id", "id", name="message_of_market"),
        ]


class ReminderMark(models.Model):
    """Up to which start the lessons of a market have their reminders."""

    market_id = models.IntegerField(primary_key=True)
    planned_to = models.DateTimeField()

    class Meta:
        db_table = "reminder_mark"
