"""Grant assets, and expire lots whose time is over."""

from datetime import datetime

from yueke.kernel.outcome import Answer
from yueke.kernel.transaction import Work, begin
from yueke.notices.once import Request, once
from yueke.people import channels
from yueke.people import operations as people
from yueke.people import queries as people_queries
from yueke.wallet import granting, operations
from yueke.wallet.expiring import expire
from yueke.wallet.models import Account
from yueke.wallet.orders import Granted
from yueke.wallet.refusals import AmountNotPositive, AssetUnknown, ExpiryInPast


def grant(
    request: Request,
    *,
    learner_id: int,
    asset: str,
    amount: int,
    product_id: int | None = None,
    expires_at: datetime | None = None,
    reason: str = "",
) -> Answer[Granted]:
    """Give a learner a new lot of so many units; a coupon is a lot of one.

    Refuses: channel_may_not, asset_unknown, amount_not_positive, expiry_in_past,
    learner_not_found. Locks the learner.
    """

    def act(work: Work) -> list[Granted]:
        channels.require(request.actor, "grant", "asset")
        if asset not in Account.Asset.values:
            raise AssetUnknown(asset)
        if amount <= 0:
            raise AmountNotPositive(amount)
        if expires_at is not None and expires_at <= request.now:
            raise ExpiryInPast(expires_at)
        people_queries.get_learner(actor=request.actor, learner_id=learner_id)
        market_id = request.actor.market_id
        work.ask(people.lock_learners(market_id=market_id, learner_ids=[learner_id]))
        lot = operations.open_lot(
            market_id=market_id,
            learner_id=learner_id,
            asset=asset,
            product_id=product_id,
            expires_at=expires_at,
        )
        granting.issue(
            work, actor=request.actor, now=request.now, lot=lot, amount=amount, reason=reason
        )
        return [Granted(lot.id, learner_id, asset, amount, product_id, expires_at)]

    return once(request, Granted, act)


def expire_lots(*, now: datetime, limit: int = 100) -> int:
    """Move what is left in lots whose time is over to the company; return how many lots.

    Locks their owners, at most `limit` of them.
    """
    with begin() as work:
        lots = operations.expired_lots(work, now=now, limit=limit)
        expire(work, now=now, lots=lots)
        return len(lots)
