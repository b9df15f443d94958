"""What was lost and has been caught up on."""

from typing import ClassVar

from django.db import models


class CatchUp(models.Model):
    """A lesson booked in the place of one that was lost. Its number is that of its event."""

    class Lost(models.TextChoices):
        # A row of a weekly run: run and place.
        RUN = "run"
        # A week of a contract: contract and week.
        CONTRACT = "contract"
        # A seat that was cancelled, or whose learner did not come.
        SEAT = "seat"

    id = models.BigIntegerField(primary_key=True)
    market_id = models.IntegerField()
    learner_id = models.BigIntegerField()
    lost_kind = models.TextField(choices=Lost.choices)
    lost_id = models.BigIntegerField()
    # The place of a row, the day number of a week's Monday; 0 for a seat.
    lost_part = models.IntegerField(default=0)
    seat_id = models.BigIntegerField()
    free = models.BooleanField()
    at = models.DateTimeField()

    class Meta:
        db_table = "catch_up"
        constraints: ClassVar = [
            models.UniqueConstraint(
                "lost_kind", "lost_id", "lost_part", name="catch_up_once_for_what_was_lost"
            ),
        ]
        indexes: ClassVar = [
            models.Index("market_id", "learner_id", name="catch_up_by_learner"),
        ]
