"""What a campaign has given is listed, the last first, along an index."""

from typing import ClassVar

from django.db import migrations, models
from django.db.models import F


class Migration(migrations.Migration):
    """Make the index."""

    dependencies: ClassVar = [("wallet", "0006_coupons")]
    operations: ClassVar = [
        migrations.AddIndex(
            "CampaignGrant",
            models.Index(
                F("campaign_id"),
                F("at").desc(),
                F("learner_id").desc(),
                F("cause").desc(),
                name="campaign_grant_by_time",
            ),
        ),
    ]
