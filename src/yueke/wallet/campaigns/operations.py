"""Give a learner, locked before, what a campaign gives for one cause."""

from datetime import datetime, timedelta

from yueke.kernel.actor import Actor
from yueke.kernel.transaction import Work
from yueke.wallet import granting, operations
from yueke.wallet.campaigns.models import Campaign, CampaignGrant
from yueke.wallet.campaigns.refusals import CampaignBudgetSpent, CampaignLimitReached
from yueke.wallet.models import Account
from yueke.wallet.orders import Granted


def give(
    work: Work,
    campaign: Campaign,
    *,
    actor: Actor,
    now: datetime,
    learner_id: int,
    cause: str,
    reason: str,
) -> Granted:
    """Give it out of the budget, as a lot of its own.

    Refuses: campaign_limit_reached, campaign_budget_spent. Locks the campaign.
    """
    limit = campaign.limit_per_learner
    earned = CampaignGrant.objects.filter(
        campaign_id=campaign.id, learner_id=learner_id, state=CampaignGrant.State.GRANTED
    )
    if limit is not None and earned.count() >= limit:
        raise CampaignLimitReached(limit)
    market_id = campaign.market_id
    taken = work.run(__package__, "take_from_budget", (market_id, campaign.id)).fetchone()
    if taken is None:
        campaign.refresh_from_db(fields=["budget", "granted"])
        raise CampaignBudgetSpent(campaign.id, campaign.budget - campaign.granted)
    days = campaign.valid_days
    lot = operations.open_lot(
        market_id=market_id,
        learner_id=learner_id,
        asset=Account.Asset.STONE,
        product_id=None,
        expires_at=None if days is None else now + timedelta(days=days),
    )
    data = {"campaign": campaign.id, "cause": cause}
    granting.issue(
        work, actor=actor, now=now, lot=lot, amount=campaign.amount, reason=reason, data=data
    )
    return Granted(lot.id, learner_id, lot.asset, campaign.amount, None, lot.expires_at)
