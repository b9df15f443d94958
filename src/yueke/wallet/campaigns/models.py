"""Campaigns, and what each has given to whom for what."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q


class Campaign(models.Model):
    """So many stones for each cause, between two moments, until the budget is given out.

    Its number is that of the event that made it. `limit_per_learner` and `valid_days`: None is
    as often as there is cause, and without end.
    """

    id = models.BigIntegerField(primary_key=True)
    market_id = models.IntegerField()
    name_zh = models.TextField()
    name_en = models.TextField()
    cause = models.TextField()
    amount = models.IntegerField()
    budget = models.IntegerField()
    # Counted on the row so that the constraint can hold it, whatever the code does.
    granted = models.IntegerField(default=0)
    begins_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    limit_per_learner = models.IntegerField(null=True)
    valid_days = models.IntegerField(null=True)

    class Meta:
        db_table = "campaign"
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(granted__gte=0, granted__lte=F("budget")),
                name="campaign_within_budget",
            ),
            models.CheckConstraint(condition=Q(amount__gt=0), name="campaign_amount_positive"),
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("begins_at")), name="campaign_ends_after_it_begins"
            ),
        ]
        indexes: ClassVar = [models.Index("market_id", "ends_at", name="campaign_by_end")]


class CampaignGrant(models.Model):
    """What a learner earns in a campaign for one cause; the key is what keeps it to once."""

    class State(models.TextChoices):
        DUE = "due"
        GRANTED = "granted"
        REFUSED = "refused"

    pk = models.CompositePrimaryKey("campaign_id", "learner_id", "cause")
    campaign_id = models.BigIntegerField()
    learner_id = models.BigIntegerField()
    cause = models.TextField()
    market_id = models.IntegerField()
    amount = models.IntegerField()
    state = models.TextField(choices=State.choices)
    at = models.DateTimeField()

    class Meta:
        db_table = "campaign_grant"
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(state__in=["due", "granted", "refused"]),
                name="campaign_grant_state_known",
            ),
        ]
        indexes: ClassVar = [
            models.Index("at", condition=Q(state="due"), name="campaign_grant_due"),
            models.Index(
                F("campaign_id"),
                F("at").desc(),
                F("learner_id").desc(),
                F("cause").desc(),
                name="campaign_grant_by_time",
            ),
        ]
