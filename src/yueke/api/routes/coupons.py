"""Coupons by code: batches made and listed, codes redeemed."""

from datetime import datetime
from typing import Any

from django.http import HttpRequest
from ninja import Router, Status

from yueke.api import answers, reading, showing
from yueke.api.asked import DryRun, KeyHeader, request_of
from yueke.api.callers import actor_of
from yueke.api.schemas.coupons import BatchesOut, BatchIn, BatchMadeOut, CodesOut, RedemptionIn
from yueke.api.schemas.learners import LotOut
from yueke.curriculum import queries as curriculum
from yueke.kernel.grid import show_instant
from yueke.people import channels, public_ids
from yueke.wallet.coupons import commands, queries
from yueke.wallet.coupons.codes import shown
from yueke.wallet.coupons.refusals import CouponBatchNotFound

router = Router(tags=["Campaigns and coupons"])


@router.get("/coupon-batches", response=answers.read(BatchesOut), summary="List batches of codes")
def list_batches(request: HttpRequest) -> Any:
    """List the batches of codes of the market, with how many were redeemed."""
    actor = actor_of(request)
    channels.require(actor, "see", "coupons")
    products = curriculum.codes(market_id=actor.market_id)
    return {
        "batches": [
            {
                "id": public_ids.show("cpb", row.id),
                "name_zh": row.name_zh,
                "name_en": row.name_en,
                "product": None if row.product_id is None else products[row.product_id],
                "codes": row.codes,
                "redeemed": row.redeemed,  # type: ignore[attr-defined]  # annotated by the query
                "valid_days": row.valid_days,
                "redeem_until": show_instant(row.redeem_until),
                "limit_per_family": row.limit_per_family,
            }
            for row in queries.list_batches(market_id=actor.market_id)
        ]
    }


@router.get("/coupon-batches/{batch}/codes", response=answers.read(CodesOut), summary="List codes")
def list_codes(request: HttpRequest, batch: str) -> Any:
    """List the codes of a batch, the last redeemed first."""
    actor = actor_of(request)
    channels.require(actor, "see", "coupons")
    number = public_ids.read("cpb", batch)
    if number is None:
        raise CouponBatchNotFound(batch[:64])
    found = queries.get_batch(market_id=actor.market_id, id_=number)
    return {
        "codes": [
            {
                "code": shown(row.code),
                "redeemed_at": _instant(row.redeemed_at),
                "learner": None
                if row.learner_id is None
                else public_ids.show("lrn", row.learner_id),
            }
            for row in queries.codes_of(batch=found)
        ]
    }


@router.post(
    "/coupon-batches", response=answers.rehearsable(BatchMadeOut), summary="Make a batch of codes"
)
def create_batch(
    request: HttpRequest, body: BatchIn, key: KeyHeader, dry_run: DryRun = None
) -> Any:
    """Make so many codes of one kind."""
    asked = request_of(request, key, dry_run=dry_run)
    market_id, code = asked.actor.market_id, body.product
    product = None if code is None else curriculum.get_product(market_id=market_id, code=code)
    answer = commands.create_batch(
        asked,
        name_zh=body.name_zh,
        name_en=body.name_en,
        codes=body.codes,
        valid_days=body.valid_days,
        redeem_until=reading.instant(body.redeem_until),
        limit_per_family=body.limit_per_family,
        product_id=None if product is None else product.pk,
        reason=body.reason,
    )
    done = answer.only()
    batch = {"batch": public_ids.show("cpb", done.batch_id), "codes": done.codes}
    return Status(200 if dry_run else 201, batch)


@router.post("/redemptions", response=answers.rehearsable(LotOut), summary="Redeem a code")
def redeem(request: HttpRequest, body: RedemptionIn, key: KeyHeader, dry_run: DryRun = None) -> Any:
    """Turn a code into a coupon of a child."""
    asked = request_of(request, key, dry_run=dry_run)
    answer = commands.redeem(asked, learner_id=reading.learner_id(body.learner), code=body.code)
    done = answer.only()
    products = curriculum.codes(market_id=asked.actor.market_id)
    product = None if done.product_id is None else products[done.product_id]
    return Status(200 if dry_run else 201, showing.granted(done, product))


def _instant(at: datetime | None) -> str | None:
    return None if at is None else show_instant(at)
