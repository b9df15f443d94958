"""Give a learner units of an asset: the lot, the transfer into it, and the event."""

from datetime import datetime
from typing import Any

from yueke.kernel.actor import Actor
from yueke.kernel.transaction import Work
from yueke.notices import operations as notices
from yueke.notices.operations import Happened
from yueke.wallet import operations
from yueke.wallet.models import Account
from yueke.wallet.operations import Move


def issue(
    work: Work,
    *,
    actor: Actor,
    now: datetime,
    lot: Account,
    amount: int,
    reason: str,
    data: dict[str, Any] | None = None,
) -> None:
    """Post so many units into a lot of a learner who is locked; `data` goes into the event."""
    assert lot.learner_id is not None
    told = {"asset": lot.asset, "amount": amount, "lot": lot.id, **(data or {})}
    event = Happened(0, "wallet.granted", actor, reason, learner_id=lot.learner_id, data=told)
    notices.append_one(work, at=now, event=event)
    issued = operations.company_accounts(market_ids=[lot.market_id], role="issued")
    move = Move(
        event_id=event.id,
        part=0,
        learner_id=lot.learner_id,
        kind="grant",
        asset=lot.asset,
        from_account_id=issued[lot.market_id, lot.asset],
        to_account_id=lot.id,
        amount=amount,
        lot_id=lot.id,
        change=amount,
    )
    operations.post(work, market_id=lot.market_id, at=now, moves=[move])
