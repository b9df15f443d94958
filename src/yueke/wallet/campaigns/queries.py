"""Read campaigns, and what each has given."""

from datetime import datetime

from django.db.models import QuerySet

from yueke.wallet.campaigns.models import Campaign, CampaignGrant
from yueke.wallet.campaigns.refusals import CampaignNotFound


def get(*, market_id: int, id_: int, lock: bool = False) -> Campaign:
    """Return a campaign of the market, perhaps locked, or refuse (campaign_not_found)."""
    campaigns = Campaign.objects.select_for_update() if lock else Campaign.objects.all()
    found = campaigns.filter(market_id=market_id, id=id_).first()
    if found is None:
        raise CampaignNotFound(id_)
    return found


def list_campaigns(*, market_id: int, text: str = "") -> QuerySet[Campaign]:
    """Return the market's campaigns, the last made first; `text` is part of a name."""
    found = Campaign.objects.filter(market_id=market_id)
    if text:
        found = found.filter(name_zh__icontains=text) | found.filter(name_en__icontains=text)
    return found.order_by("-id")


def grants_of(*, market_id: int, campaign_id: int) -> QuerySet[CampaignGrant]:
    """Return what a campaign has given or refused, the last first."""
    grants = CampaignGrant.objects.filter(market_id=market_id, campaign_id=campaign_id)
    return grants.order_by("-at", "-learner_id", "-cause")


def state_of(campaign: Campaign, *, now: datetime) -> str:
    """Return whether it is to come, running, spent or over."""
    if now >= campaign.ends_at:
        return "over"
    if campaign.granted + campaign.amount > campaign.budget:
        return "spent"
    return "running" if now >= campaign.begins_at else "to_come"
