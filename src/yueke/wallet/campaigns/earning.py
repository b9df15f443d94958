"""Campaigns read the event log: what learners have earned is noted, then given one by one."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import NamedTuple

from yueke.kernel.actor import Actor
from yueke.kernel.columns import numbers, texts
from yueke.kernel.refusal import Refusal
from yueke.kernel.transaction import Work, begin
from yueke.notices import reader
from yueke.notices.reader import Logged
from yueke.people import operations as people
from yueke.wallet.campaigns import queries
from yueke.wallet.campaigns.causes import cause_of
from yueke.wallet.campaigns.models import Campaign, CampaignGrant
from yueke.wallet.campaigns.operations import give

READER = "campaigns"
# In a campaign, by a learner, for a cause.
Earned = tuple[Campaign, int, str]
BATCH = 1000


class Due(NamedTuple):
    """What a learner has earned in a campaign and has not been given yet."""

    campaign_id: int
    learner_id: int
    cause: str
    market_id: int


def note_earned(*, now: datetime, limit: int = BATCH) -> bool:
    """Note what the next events of the log earn; tell whether there may be more of them."""
    with begin() as work:
        events = reader.read_on(work, name=READER, limit=limit)
        campaigns = _campaigns(events)
        _note(work, now, [one for event in events for one in _earned(event, campaigns)])
        return len(events) == limit


def give_due(*, now: datetime, limit: int = BATCH) -> int:
    """Give what was earned, each in a transaction of its own; return how many were looked at.

    What is beyond a budget or a learner's limit is refused and stays so.
    """
    with begin() as work:
        due = [Due(*row) for row in work.run(__package__, "list_due", (limit,))]
    for one in due:
        _give(one, now)
    return len(due)


def _give(due: Due, now: datetime) -> None:
    with begin() as work:
        learners = people.lock_learners(market_id=due.market_id, learner_ids=[due.learner_id])
        work.ask(learners)
        grants = CampaignGrant.objects.filter(
            campaign_id=due.campaign_id, learner_id=due.learner_id, cause=due.cause
        ).filter(state=CampaignGrant.State.DUE)
        if not grants.exists():
            return
        campaign = queries.get(market_id=due.market_id, id_=due.campaign_id)
        timer = Actor(due.market_id, "job", 0, "system")
        state = CampaignGrant.State.GRANTED
        try:
            give(
                work,
                campaign,
                actor=timer,
                now=now,
                learner_id=due.learner_id,
                cause=due.cause,
                reason=campaign.name_zh,
            )
        except Refusal:
            state = CampaignGrant.State.REFUSED
        grants.update(state=state, at=now)


def _campaigns(events: Sequence[Logged]) -> list[Campaign]:
    """Return the campaigns in which any of the events may earn something."""
    if not events:
        return []
    kinds, markets = {e.kind for e in events}, {e.market_id for e in events}
    first = min(event.at for event in events)
    campaigns = Campaign.objects.filter(market_id__in=markets, ends_at__gt=first)
    return list(campaigns.filter(cause__in=kinds))


def _earned(event: Logged, campaigns: Iterable[Campaign]) -> Iterable[Earned]:
    """Return who earned something: all who came to a lesson, else whom the event is about."""
    learners = event.data.get("came", [event.learner_id])
    for campaign in campaigns:
        is_its = (campaign.market_id, campaign.cause) == (event.market_id, event.kind)
        if is_its and campaign.begins_at <= event.at < campaign.ends_at:
            for learner_id in learners:
                if learner_id is not None:
                    yield campaign, learner_id, cause_of(event)


def _note(work: Work, now: datetime, earned: Sequence[Earned]) -> None:
    columns = (
        numbers(campaign.id for campaign, _, _ in earned),
        numbers(learner_id for _, learner_id, _ in earned),
        texts(cause for _, _, cause in earned),
        numbers(campaign.market_id for campaign, _, _ in earned),
        numbers(campaign.amount for campaign, _, _ in earned),
    )
    work.run(__package__, "note_due", (now, *columns))
