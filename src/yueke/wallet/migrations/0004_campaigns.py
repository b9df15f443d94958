"""Campaigns, and what they give."""

from typing import ClassVar

from django.db import migrations, models
from django.db.models import F, Q

_STATES = [("due", "Due"), ("granted", "Granted"), ("refused", "Refused")]


class Migration(migrations.Migration):
    """Create the tables."""

    dependencies: ClassVar = [("wallet", "0003_read_entries_by_the_log")]
    operations: ClassVar = [
        migrations.CreateModel(
            "Campaign",
            [
                ("id", models.BigIntegerField(primary_key=True, serialize=False)),
                ("market_id", models.IntegerField()),
                ("name_zh", models.TextField()),
                ("name_en", models.TextField()),
                ("cause", models.TextField()),
                ("amount", models.IntegerField()),
                ("budget", models.IntegerField()),
                ("granted", models.IntegerField(default=0)),
                ("begins_at", models.DateTimeField()),
                ("ends_at", models.DateTimeField()),
                ("limit_per_learner", models.IntegerField(null=True)),
                ("valid_days", models.IntegerField(null=True)),
            ],
            options={
                "db_table": "campaign",
                "indexes": [models.Index(F("market_id"), F("ends_at"), name="campaign_by_end")],
                "constraints": [
                    models.CheckConstraint(
                        condition=Q(granted__gte=0, granted__lte=F("budget")),
                        name="campaign_within_budget",
                    ),
                    models.CheckConstraint(
                        condition=Q(amount__gt=0), name="campaign_amount_positive"
                    ),
                    models.CheckConstraint(
                        condition=Q(ends_at__gt=F("begins_at")),
                        name="campaign_ends_after_it_begins",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            "CampaignGrant",
            [
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "campaign_id",
                        "learner_id",
                        "cause",
                        blank=True,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("campaign_id", models.BigIntegerField()),
                ("learner_id", models.BigIntegerField()),
                ("cause", models.TextField()),
                ("market_id", models.IntegerField()),
                ("amount", models.IntegerField()),
                ("state", models.TextField(choices=_STATES)),
                ("at", models.DateTimeField()),
            ],
            options={
                "db_table": "campaign_grant",
                "indexes": [
                    models.Index(F("at"), condition=Q(state="due"), name="campaign_grant_due")
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=Q(state__in=["due", "granted", "refused"]),
                        name="campaign_grant_state_known",
                    )
                ],
            },
        ),
    ]
