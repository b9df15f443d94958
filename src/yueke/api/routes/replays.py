"""Replays of open classes: put on sale, bought, given back, watched (CU-4, PC-3)."""

from typing import Any

from django.http import HttpRequest
from ninja import Router, Status

from yueke.api import answers, reading
from yueke.api.asked import DryRun, KeyHeader, request_of
from yueke.api.callers import actor_of
from yueke.api.schemas.classes import ClassIn
from yueke.api.schemas.replays import (
    ReplayAddressOut,
    ReplayBoughtOut,
    ReplayOfferedOut,
    ReplayPurchaseIn,
    ReplayRefundedOut,
    ReplayRefundIn,
    SaleIn,
    SoldReplaysOut,
)
from yueke.api.showing import replays as showing
from yueke.booking.classes import replays, watching

router = Router(tags=["Replays"])


@router.get("/replays", response=answers.read(SoldReplaysOut), summary="List replays")
def list_replays(request: HttpRequest) -> Any:
    """List the last fifty replays: those on sale, and those that the key's family has bought."""
    found = watching.list_replays(actor=actor_of(request))
    return {"replays": [showing.replay(row) for row in found]}


@router.get(
    "/replays/{lesson}/address", response=answers.read(ReplayAddressOut), summary="Watch a replay"
)
def watch(request: HttpRequest, lesson: str) -> Any:
    """Read where a replay lies: for a key of a family that bought it, and for those who sell it."""
    class_id = reading.class_id(lesson)
    return {"address": watching.address_to_watch(actor=actor_of(request), class_id=class_id)}


@router.post("/replays", response=answers.rehearsable(ReplayOfferedOut), summary="Sell a replay")
def offer(request: HttpRequest, body: SaleIn, key: KeyHeader, dry_run: DryRun = None) -> Any:
    """Put the replay of a class that is over on sale, or change what it costs."""
    answer = replays.offer(
        request_of(request, key, dry_run=dry_run),
        class_id=reading.class_id(body.lesson),
        address=body.address,
        prices={price.asset: price.amount for price in body.prices},
        reason=body.reason,
    )
    return Status(200 if dry_run else 201, showing.replay_offered(answer.only()))


@router.post(
    "/replay-withdrawals",
    response=answers.rehearsable(ReplayOfferedOut),
    summary="Sell a replay no longer",
)
def stop_selling(
    request: HttpRequest, body: ClassIn, key: KeyHeader, dry_run: DryRun = None
) -> Any:
    """Sell a replay no longer; who bought it goes on watching."""
    asked = request_of(request, key, dry_run=dry_run)
    lesson = reading.class_id(body.lesson)
    answer = replays.stop_selling(asked, class_id=lesson, reason=body.reason)
    return Status(200 if dry_run else 201, showing.replay_offered(answer.only()))


@router.post(
    "/replay-purchases", response=answers.rehearsable(ReplayBoughtOut), summary="Buy a replay"
)
def buy(
    request: HttpRequest, body: ReplayPurchaseIn, key: KeyHeader, dry_run: DryRun = None
) -> Any:
    """Buy a replay for a family, paid by one of its learners; it is watched for good."""
    answer = replays.buy(
        request_of(request, key, dry_run=dry_run),
        learner_id=reading.learner_id(body.learner),
        class_id=reading.class_id(body.lesson),
        asset=body.pay_with,
        lot_id=None if body.lot is None else reading.lot_id(body.lot),
        reason=body.reason,
    )
    return Status(200 if dry_run else 201, showing.replay_bought(answer.only()))


@router.post(
    "/replay-refunds", response=answers.rehearsable(ReplayRefundedOut), summary="Refund a replay"
)
def refund(
    request: HttpRequest, body: ReplayRefundIn, key: KeyHeader, dry_run: DryRun = None
) -> Any:
    """Give back what a family paid for a replay, which it then watches no longer."""
    asked = request_of(request, key, dry_run=dry_run)
    learner_id = reading.learner_id(body.learner)
    answer = replays.refund(
        asked,
        learner_id=learner_id,
        class_id=reading.class_id(body.lesson),
        reason=body.reason,
    )
    return Status(200 if dry_run else 201, showing.replay_refunded(answer.only()))
