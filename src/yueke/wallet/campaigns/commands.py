"""Make campaigns, change them, and give a learner what one gives for a cause."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from yueke.kernel.outcome import Answer
from yueke.kernel.transaction import Work
from yueke.notices import operations as notices
from yueke.notices.once import Request, once
from yueke.notices.operations import Happened
from yueke.people import channels
from yueke.people import operations as people
from yueke.people import queries as people_queries
from yueke.wallet.campaigns import queries, rules
from yueke.wallet.campaigns.models import Campaign, CampaignGrant
from yueke.wallet.campaigns.operations import give
from yueke.wallet.campaigns.refusals import (
    CampaignEarnedBefore,
    CampaignInvalid,
    CampaignNotRunning,
)
from yueke.wallet.orders import Granted


@dataclass(slots=True)
class CampaignKept:
    """A campaign as it is now."""

    campaign_id: int
    budget: int
    granted: int
    ends_at: datetime


def create(
    request: Request,
    *,
    name_zh: str,
    name_en: str,
    cause: str,
    amount: int,
    budget: int,
    begins_at: datetime,
    ends_at: datetime,
    limit_per_learner: int | None = None,
    valid_days: int | None = None,
    reason: str = "",
) -> Answer[CampaignKept]:
    """Make a campaign: so many stones for each cause between two moments (M-1).

    What happened before it was made earns nothing. Refuses: channel_may_not, campaign_invalid.
    """

    def act(work: Work) -> list[CampaignKept]:
        channels.require(request.actor, "manage", "campaign")
        campaign = Campaign(
            id=0,
            market_id=request.actor.market_id,
            name_zh=name_zh,
            name_en=name_en,
            cause=cause,
            amount=amount,
            budget=budget,
            begins_at=begins_at,
            ends_at=ends_at,
            limit_per_learner=limit_per_learner,
            valid_days=valid_days,
        )
        rules.check(campaign)
        if ends_at <= request.now:
            raise CampaignInvalid("ends_at")
        data = {"name": name_en, "cause": cause, "amount": amount, "budget": budget}
        campaign.id = _tell(work, request, "campaign.created", reason, data)
        campaign.save(force_insert=True)
        return [_kept(campaign)]

    return once(request, CampaignKept, act)


def change(
    request: Request,
    *,
    campaign_id: int,
    budget: int | None = None,
    ends_at: datetime | None = None,
    reason: str = "",
) -> Answer[CampaignKept]:
    """Give a campaign another budget, never below what is given out, or another end, not past.

    Refuses: channel_may_not, campaign_not_found, campaign_invalid. Locks the campaign.
    """

    def act(work: Work) -> list[CampaignKept]:
        channels.require(request.actor, "manage", "campaign")
        campaign = queries.get(market_id=request.actor.market_id, id_=campaign_id, lock=True)
        data: dict[str, Any] = {"campaign": campaign_id}
        if budget is not None:
            data |= {"was_budget": campaign.budget, "budget": budget}
            campaign.budget = budget
        if ends_at is not None:
            if ends_at < request.now:
                raise CampaignInvalid("ends_at")
            data |= {"was_end": campaign.ends_at.isoformat(), "end": ends_at.isoformat()}
            campaign.ends_at = ends_at
        rules.check(campaign)
        campaign.save(update_fields=["budget", "ends_at"])
        _tell(work, request, "campaign.changed", reason, data)
        return [_kept(campaign)]

    return once(request, CampaignKept, act)


def grant(
    request: Request, *, campaign_id: int, learner_id: int, cause: str, reason: str = ""
) -> Answer[Granted]:
    """Give a learner what a campaign gives, once for a cause that the caller names (M-1).

    Refuses: channel_may_not, campaign_not_found, learner_not_found, campaign_not_running,
    campaign_earned_before, and as `operations.give`. Locks the learner, then the campaign.
    """

    def act(work: Work) -> list[Granted]:
        actor, market_id = request.actor, request.actor.market_id
        channels.require(actor, "grant", "campaign")
        campaign = queries.get(market_id=market_id, id_=campaign_id)
        people_queries.get_learner(actor=actor, learner_id=learner_id)
        if not campaign.begins_at <= request.now < campaign.ends_at:
            raise CampaignNotRunning(campaign_id)
        work.ask(people.lock_learners(market_id=market_id, learner_ids=[learner_id]))
        named = f"named:{cause}"
        key = {"campaign_id": campaign_id, "learner_id": learner_id, "cause": named}
        if CampaignGrant.objects.filter(**key).exists():
            raise CampaignEarnedBefore(cause)
        given = give(
            work,
            campaign,
            actor=actor,
            now=request.now,
            learner_id=learner_id,
            cause=named,
            reason=reason,
        )
        CampaignGrant.objects.create(
            **key,
            market_id=market_id,
            amount=campaign.amount,
            state=CampaignGrant.State.GRANTED,
            at=request.now,
        )
        return [given]

    return once(request, Granted, act)


def _tell(work: Work, request: Request, kind: str, reason: str, data: dict[str, Any]) -> int:
    event = Happened(0, kind, request.actor, reason, data=data)
    notices.append_one(work, at=request.now, event=event)
    return event.id


def _kept(campaign: Campaign) -> CampaignKept:
    return CampaignKept(campaign.id, campaign.budget, campaign.granted, campaign.ends_at)
