"""Policies: what is in force, now or at any moment, and changing it."""

from datetime import UTC, datetime
from typing import Annotated, Any

from django.http import HttpRequest
from ninja import Query, Router, Status

from yueke.api import answers, reading
from yueke.api.asked import DryRun, KeyHeader, request_of
from yueke.api.callers import actor_of
from yueke.api.schemas.policies import PoliciesOut, PolicyChangedOut, PolicyIn
from yueke.curriculum import policies as curriculum
from yueke.curriculum.policies import Standing
from yueke.kernel.grid import show_instant
from yueke.people import channels

router = Router(tags=["Policies"])
At = Annotated[str | None, Query(description="As it was, or will be, at this instant.")]


@router.get("/policies", response=answers.read(PoliciesOut), summary="List policies")
def list_policies(request: HttpRequest, at: At = None) -> Any:
    """List every policy of the market as it is in force, by product where each has its own."""
    actor = actor_of(request)
    channels.require(actor, "see", "policies")
    moment = datetime.now(UTC) if at is None else reading.instant(at)
    found = curriculum.list_standing(market_id=actor.market_id, at=moment)
    return {"policies": [_shown(one) for one in found]}


@router.post("/policies", response=answers.rehearsable(PolicyChangedOut), summary="Change a policy")
def change_policy(
    request: HttpRequest, body: PolicyIn, key: KeyHeader, dry_run: DryRun = None
) -> Any:
    """Give a policy another value from a moment on; what was judged before, stays."""
    answer = curriculum.change_policy(
        request_of(request, key, dry_run=dry_run),
        policy=body.policy,
        value=body.value,
        product=body.product,
        from_at=None if body.from_at is None else reading.instant(body.from_at),
        reason=body.reason,
    )
    done = answer.only()
    shown = {"policy": done.policy, "product": done.product, "was": done.was, "value": done.value}
    return Status(200 if dry_run else 201, {**shown, "from_at": show_instant(done.from_at)})


def _shown(one: Standing) -> dict[str, Any]:
    policy, following = one.policy, one.next
    return {
        "policy": policy.name,
        "product": None if one.product is None else one.product.code,
        "value": one.value,
        "unit": policy.unit,
        "allowed": policy.allowed,
        "counts": policy.counts,
        "since": None if one.since is None else show_instant(one.since.from_at),
        "next": following
        and {"value": following.value, "from_at": show_instant(following.from_at)},
        "name_zh": policy.name_zh,
        "name_en": policy.name_en,
    }
