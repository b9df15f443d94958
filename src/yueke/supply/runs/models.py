"""A weekly run and its rows: what was wanted for whom, and what came of it."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

PERMISSIONS = {
    "auto": "auto",
    "dedicated": "dedicated",
    "dedicated-level7": "dedicated",
    "priority": "",
}
# What events call a run of each kind.
TOLD_AS = {
    "auto": "auto_run",
    "dedicated": "dedicated_run",
    "dedicated-level7": "dedicated_run",
    "priority": "dedicated_run",
}


class WeeklyRun(models.Model):
    """One run of one kind for one week of a market; made once, whoever's timer comes first."""

    class Kind(models.TextChoices):
        AUTO = "auto"
        DEDICATED = "dedicated"
        DEDICATED_LEVEL7 = "dedicated-level7"
        # Books nothing: it keeps the time of dedicated teachers for their learners.
        PRIORITY = "priority"

    market_id = models.IntegerField()
    kind = models.TextField(choices=Kind.choices)
    # The Monday of the week that is booked, by the market's calendar.
    week = models.DateField()
    started_at = models.DateTimeField()
    # None: rows are still being planned, so none may be carried out.
    planned_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)
    # The events that tell of both.
    started_event_id = models.BigIntegerField(null=True)
    finished_event_id = models.BigIntegerField(null=True)

    @property
    def state(self) -> str:
        """How far it is: planning, booking or finished."""
        if self.finished_at is not None:
            return "finished"
        return "planning" if self.planned_at is None else "booking"

    @property
    def permission(self) -> str:
        """The line of the table of permissions by which it books."""
        return PERMISSIONS[self.kind]

    @property
    def told_as(self) -> str:
        """What events call it."""
        return TOLD_AS[self.kind]

    class Meta:
        db_table = "weekly_run"
        constraints: ClassVar = [
            models.UniqueConstraint("market_id", "kind", "week", name="weekly_run_once_a_week"),
        ]


class WeeklyRow(models.Model):
    """One lesson that was wanted: the time and teacher chosen for it, if any, and its outcome."""

    class State(models.TextChoices):
        WAITING = "waiting"
        BOOKED = "booked"
        MISSED = "missed"

    pk = models.CompositePrimaryKey("run_id", "place")
    run_id = models.BigIntegerField()
    place = models.IntegerField()
    learner_id = models.BigIntegerField()
    product = models.TextField()
    # What pays for it.
    asset = models.TextField(default="credit")
    teacher_id = models.BigIntegerField(null=True)
    starts_at = models.DateTimeField(null=True)
    state = models.TextField(choices=State.choices, default=State.WAITING)
    seat_id = models.BigIntegerField(null=True)
    # Why this teacher and time, or why none, as JSON: codes and facts, never prose.
    why = models.TextField(default="{}")

    class Meta:
        db_table = "weekly_row"
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(state="booked", seat_id__isnull=False)
                | (~Q(state="booked") & Q(seat_id__isnull=True)),
                name="weekly_row_booked_has_seat",
            ),
        ]
        indexes: ClassVar = [
            models.Index(
                "run_id", "place", condition=Q(state="waiting"), name="weekly_row_waiting"
            ),
            models.Index("learner_id", "run_id", name="weekly_row_by_learner"),
        ]
