"""Campaigns of energy stones: made, changed, listed, and given by."""

from datetime import UTC, datetime
from typing import Any

from django.http import HttpRequest
from ninja import Router, Status

from yueke.api import answers, reading, showing
from yueke.api.asked import DryRun, KeyHeader, request_of
from yueke.api.callers import actor_of
from yueke.api.schemas.campaigns import (
    CampaignChangeIn,
    CampaignGrantIn,
    CampaignIn,
    CampaignKeptOut,
    CampaignsOut,
)
from yueke.api.schemas.learners import LotOut
from yueke.kernel.grid import show_instant
from yueke.kernel.outcome import Answer
from yueke.people import channels, public_ids
from yueke.wallet.campaigns import commands, queries
from yueke.wallet.campaigns.commands import CampaignKept
from yueke.wallet.campaigns.models import Campaign
from yueke.wallet.campaigns.refusals import CampaignNotFound

router = Router(tags=["Campaigns and coupons"])


@router.get("/campaigns", response=answers.read(CampaignsOut), summary="List campaigns")
def list_campaigns(request: HttpRequest) -> Any:
    """List the campaigns of the market, with how much each has given."""
    actor = actor_of(request)
    channels.require(actor, "see", "campaigns")
    now = datetime.now(UTC)
    found = queries.list_campaigns(market_id=actor.market_id)
    return {"campaigns": [_campaign(row, now) for row in found]}


@router.post("/campaigns", response=answers.rehearsable(CampaignKeptOut), summary="Make a campaign")
def create(request: HttpRequest, body: CampaignIn, key: KeyHeader, dry_run: DryRun = None) -> Any:
    """Make a campaign; what happened before it was made earns nothing."""
    answer = commands.create(
        request_of(request, key, dry_run=dry_run),
        name_zh=body.name_zh,
        name_en=body.name_en,
        cause=body.cause,
        amount=body.amount,
        budget=body.budget,
        begins_at=reading.instant(body.begins_at),
        ends_at=reading.instant(body.ends_at),
        limit_per_learner=body.limit_per_learner,
        valid_days=body.valid_days,
        reason=body.reason,
    )
    return Status(200 if dry_run else 201, _kept(answer))


@router.post(
    "/campaign-changes", response=answers.rehearsable(CampaignKeptOut), summary="Change a campaign"
)
def change(
    request: HttpRequest, body: CampaignChangeIn, key: KeyHeader, dry_run: DryRun = None
) -> Any:
    """Give a campaign another budget, or another end."""
    answer = commands.change(
        request_of(request, key, dry_run=dry_run),
        campaign_id=_campaign_id(body.campaign),
        budget=body.budget,
        ends_at=None if body.ends_at is None else reading.instant(body.ends_at),
        reason=body.reason,
    )
    return Status(200 if dry_run else 201, _kept(answer))


@router.post("/campaign-grants", response=answers.rehearsable(LotOut), summary="Give by a campaign")
def grant(
    request: HttpRequest, body: CampaignGrantIn, key: KeyHeader, dry_run: DryRun = None
) -> Any:
    """Give a learner what a campaign gives, once for each cause, within its budget."""
    answer = commands.grant(
        request_of(request, key, dry_run=dry_run),
        campaign_id=_campaign_id(body.campaign),
        learner_id=reading.learner_id(body.learner),
        cause=body.cause,
        reason=body.reason,
    )
    done = answer.only()
    return Status(200 if dry_run else 201, showing.granted(done, None))


def _campaign_id(text: str) -> int:
    number = public_ids.read("cmp", text)
    if number is None:
        raise CampaignNotFound(text[:64])
    return number


def _campaign(row: Campaign, now: datetime) -> dict[str, Any]:
    return {
        "id": public_ids.show("cmp", row.id),
        "name_zh": row.name_zh,
        "name_en": row.name_en,
        "cause": row.cause,
        "amount": row.amount,
        "budget": row.budget,
        "granted": row.granted,
        "begins_at": show_instant(row.begins_at),
        "ends_at": show_instant(row.ends_at),
        "limit_per_learner": row.limit_per_learner,
        "valid_days": row.valid_days,
        "state": queries.state_of(row, now=now),
    }


def _kept(answer: Answer[CampaignKept]) -> dict[str, Any]:
    done = answer.only()
    return {
        "campaign": public_ids.show("cmp", done.campaign_id),
        "budget": done.budget,
        "granted": done.granted,
        "ends_at": show_instant(done.ends_at),
    }
