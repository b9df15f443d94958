"""Campaigns as marketing sees them all day: those that run, what ends, and what was given last."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext

from yueke.notices import queries as notices
from yueke.people import queries as people
from yueke.portals import ids
from yueke.portals.amounts import amount_words
from yueke.portals.campaign_words import STATES, campaign_name, cause_name
from yueke.portals.staff.desk import Desk
from yueke.portals.staff.matters import Matter, Matters
from yueke.wallet.campaigns import queries
from yueke.wallet.campaigns.models import Campaign

SOON: Final = timedelta(days=7)
# What is left of a budget that is nearly given out: one in so many.
LITTLE: Final = 10
SHOWN: Final = 8


@dataclass(frozen=True, slots=True)
class Row:
    """A campaign that isn't over, and the word for how it stands."""

    campaign: Campaign
    id: str
    name: str
    cause: str
    shape: str
    word: Promise

    @property
    def left(self) -> int:
        """How many stones may still be given."""
        return self.campaign.budget - self.campaign.granted


@dataclass(frozen=True, slots=True)
class Given:
    """Something a learner was given; `of` is the campaign, or why."""

    at: datetime
    learner_id: str
    name: str
    asset: str
    amount: int
    of: str


def running(*, desk: Desk) -> dict[str, object]:
    """Return the campaigns that aren't over, the first to end first, and what was given last."""
    return {"campaigns": [_row(desk, one) for one in _open(desk)], "given": _given(desk)}


def matters(*, desk: Desk) -> list[Matters]:
    """Return which campaigns end within a week, and whose budget is nearly given out."""
    found = [_row(desk, one) for one in _open(desk)]
    ending = [one for one in found if one.campaign.ends_at <= desk.caller.now + SOON]
    low = [one for one in found if one.left * LITTLE <= one.campaign.budget]
    return [
        _part(gettext("Budget nearly given out"), gettext("Every budget has enough left."), low),
        _part(gettext("Ending within a week"), gettext("No campaign ends this week."), ending),
    ]


def _open(desk: Desk) -> list[Campaign]:
    found = queries.list_campaigns(market_id=desk.market_id)
    return list(found.filter(ends_at__gt=desk.caller.now).order_by("ends_at", "id"))


def _row(desk: Desk, one: Campaign) -> Row:
    shape, word = STATES[queries.state_of(one, now=desk.caller.now)]
    return Row(
        one,
        ids.CAMPAIGN.show(one.pk),
        campaign_name(campaign=one),
        cause_name(cause=one.cause),
        shape,
        word,
    )


def _part(title: str, none: str, rows: list[Row]) -> Matters:
    shown = [
        Matter(
            one.campaign.ends_at,
            one.name,
            gettext("%(amount)s left") % {"amount": amount_words(value=one.left, asset="stone")},
            reverse("staff_campaign", args=[one.id]),
            opens="sheet",
        )
        for one in rows[:SHOWN]
    ]
    more_url = reverse("staff_campaigns") if len(rows) > SHOWN else ""
    return Matters(title, none, shown, more_url, is_trouble=True)


def _given(desk: Desk) -> list[Given]:
    events = list(notices.grants(market_id=desk.market_id)[:SHOWN])
    learners = {event.learner_id for event in events if event.learner_id is not None}
    names = people.names_of_learners(ids=learners) if desk.allowed.sees_learners else {}
    numbers = [event.data["campaign"] for event in events if "campaign" in event.data]
    campaigns = queries.list_campaigns(market_id=desk.market_id).in_bulk(numbers)
    return [
        Given(
            event.at,
            ids.LEARNER.show(event.learner_id),
            names.get(event.learner_id, ids.LEARNER.show(event.learner_id)),
            event.data["asset"],
            event.data["amount"],
            campaign_name(campaign=campaigns[event.data["campaign"]])
            if event.data.get("campaign") in campaigns
            else event.reason,
        )
        for event in events
        if event.learner_id is not None
    ]
