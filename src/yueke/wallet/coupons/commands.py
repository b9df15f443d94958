"""Make a batch of codes, and redeem one."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from yueke.kernel.outcome import Answer
from yueke.kernel.transaction import Work
from yueke.notices import operations as notices
from yueke.notices.once import Request, once
from yueke.notices.operations import Happened
from yueke.people import channels
from yueke.people import operations as people
from yueke.people import queries as people_queries
from yueke.people.models import Learner
from yueke.wallet import granting, operations
from yueke.wallet.coupons.codes import new_code, read
from yueke.wallet.coupons.models import CouponBatch, CouponCode
from yueke.wallet.coupons.refusals import (
    CouponBatchInvalid,
    CouponLimitReached,
    CouponOver,
    CouponRedeemed,
    CouponUnknown,
)
from yueke.wallet.models import Account
from yueke.wallet.orders import Granted

CODES_MAX = 10_000
COUNT_MAX = 10_000


@dataclass(slots=True)
class BatchMade:
    """A batch, and how many codes it has."""

    batch_id: int
    codes: int


def create_batch(
    request: Request,
    *,
    name_zh: str,
    name_en: str,
    codes: int,
    valid_days: int,
    redeem_until: datetime,
    limit_per_family: int = 1,
    product_id: int | None = None,
    reason: str = "",
) -> Answer[BatchMade]:
    """Make so many codes of one kind, at most CODES_MAX.

    Refuses: channel_may_not, coupon_batch_invalid.
    """

    def act(work: Work) -> list[BatchMade]:
        channels.require(request.actor, "manage", "coupon")
        batch = CouponBatch(
            market_id=request.actor.market_id,
            name_zh=name_zh,
            name_en=name_en,
            product_id=product_id,
            codes=codes,
            valid_days=valid_days,
            redeem_until=redeem_until,
            limit_per_family=limit_per_family,
        )
        _check(batch, request.now)
        data = {"name": name_en, "codes": codes}
        event = Happened(0, "coupons.created", request.actor, reason, data=data)
        notices.append_one(work, at=request.now, event=event)
        batch.id = event.id
        batch.save(force_insert=True)
        fresh: set[str] = set()
        while len(fresh) < codes:
            fresh.add(new_code())
        CouponCode.objects.bulk_create(
            CouponCode(market_id=batch.market_id, code=code, batch_id=batch.id)
            for code in sorted(fresh)
        )
        return [BatchMade(batch.id, codes)]

    return once(request, BatchMade, act)


def redeem(request: Request, *, learner_id: int, code: str) -> Answer[Granted]:
    """Turn a code into a coupon of a learner of the caller's.

    Refuses: channel_may_not, learner_not_found, coupon_unknown, coupon_redeemed, coupon_over,
    coupon_limit_reached. Locks the learners of the family.
    """

    def act(work: Work) -> list[Granted]:
        actor, market_id = request.actor, request.actor.market_id
        channels.require(actor, "redeem", "coupon")
        learner = people_queries.get_learner(actor=actor, learner_id=learner_id)
        # The limit is the family's: its children wait for each other.
        family = Learner.objects.filter(market_id=market_id, family_id=learner.family_id)
        children = list(family.values_list("id", flat=True))
        work.ask(people.lock_learners(market_id=market_id, learner_ids=children))
        found = CouponCode.objects.filter(market_id=market_id, code=read(code)).first()
        if found is None:
            raise CouponUnknown()
        batch = CouponBatch.objects.get(market_id=market_id, id=found.batch_id)
        _check_redeem(batch, found, learner, request.now)
        lot = operations.open_lot(
            market_id=market_id,
            learner_id=learner_id,
            asset=Account.Asset.COUPON,
            product_id=batch.product_id,
            expires_at=request.now + timedelta(days=batch.valid_days),
        )
        who = (request.now, learner.family_id, learner_id, lot.id)
        redeemed = work.run(__package__, "redeem", (*who, market_id, found.code))
        if redeemed.fetchone() is None:
            raise CouponRedeemed()
        data = {"batch": batch.id}
        granting.issue(
            work, actor=actor, now=request.now, lot=lot, amount=1, reason=batch.name_zh, data=data
        )
        return [Granted(lot.id, learner_id, lot.asset, 1, batch.product_id, lot.expires_at)]

    return once(request, Granted, act)


def _check(batch: CouponBatch, now: datetime) -> None:
    wrong = {
        "name_zh": not batch.name_zh.strip(),
        "name_en": not batch.name_en.strip(),
        "codes": not 0 < batch.codes <= CODES_MAX,
        "valid_days": not 0 < batch.valid_days <= COUNT_MAX,
        "redeem_until": batch.redeem_until <= now,
        "limit_per_family": not 0 < batch.limit_per_family <= COUNT_MAX,
    }
    for field, is_wrong in wrong.items():
        if is_wrong:
            raise CouponBatchInvalid(field)


def _check_redeem(batch: CouponBatch, code: CouponCode, learner: Learner, now: datetime) -> None:
    if code.redeemed_at is not None:
        raise CouponRedeemed()
    if batch.redeem_until <= now:
        raise CouponOver(batch.redeem_until)
    mine = CouponCode.objects.filter(batch_id=batch.id, family_id=learner.family_id)
    if mine.count() >= batch.limit_per_family:
        raise CouponLimitReached(batch.limit_per_family)
