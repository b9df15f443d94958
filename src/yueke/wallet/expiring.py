"""Move what is left in lots whose time is over to the company, and tell of it."""

from collections.abc import Sequence
from datetime import datetime

from yueke.kernel.actor import Actor
from yueke.kernel.transaction import Work
from yueke.notices import operations as notices
from yueke.notices.operations import Happened
from yueke.wallet import operations
from yueke.wallet.operations import ExpiredLot, Move


def expire(work: Work, *, now: datetime, lots: Sequence[ExpiredLot]) -> None:
    """Empty lots of any markets by their `balance`; their owners are locked."""
    events = [_event(lot) for lot in lots]
    notices.append_new(work, at=now, events=events)
    moves: dict[int, list[Move]] = {}
    for lot, event in zip(lots, events, strict=True):
        moves.setdefault(lot.market_id, []).append(_move(lot, event.id))
    for market_id, its_moves in moves.items():
        operations.post(work, market_id=market_id, at=now, moves=its_moves)


def _event(lot: ExpiredLot) -> Happened:
    timer = Actor(lot.market_id, "job", 0, "system")
    data = {"asset": lot.asset, "amount": lot.balance, "lot": lot.id}
    return Happened(0, "wallet.expired", timer, learner_id=lot.learner_id, data=data)


def _move(lot: ExpiredLot, event_id: int) -> Move:
    return Move(
        event_id=event_id,
        part=0,
        learner_id=lot.learner_id,
        kind="expire",
        asset=lot.asset,
        from_account_id=lot.id,
        to_account_id=lot.account_id,
        amount=lot.balance,
        lot_id=lot.id,
        change=-lot.balance,
    )
