"""What a campaign may be, and whether a learner may earn in it."""

from yueke.wallet.campaigns.causes import causes
from yueke.wallet.campaigns.models import Campaign
from yueke.wallet.campaigns.refusals import CampaignInvalid

UNITS_MAX = 1_000_000_000


def check(campaign: Campaign) -> None:
    """Refuse a campaign that cannot be (campaign_invalid)."""
    wrong = {
        "name_zh": not campaign.name_zh.strip(),
        "name_en": not campaign.name_en.strip(),
        "cause": campaign.cause not in causes(),
        "amount": not 0 < campaign.amount <= UNITS_MAX,
        "budget": not max(campaign.amount, campaign.granted) <= campaign.budget <= UNITS_MAX,
        "ends_at": campaign.ends_at <= campaign.begins_at,
        "limit_per_learner": not _is_count(campaign.limit_per_learner),
        "valid_days": not _is_count(campaign.valid_days),
    }
    for field, is_wrong in wrong.items():
        if is_wrong:
            raise CampaignInvalid(field)


def _is_count(value: int | None) -> bool:
    return value is None or 0 < value <= 10_000
