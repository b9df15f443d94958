"""What moves when something is paid out of lots, and when it goes back to them."""

from collections.abc import Iterable

from yueke.wallet.operations import Move, Spend
from yueke.wallet.rules import Holding


def paid(
    payments: Iterable[tuple[Holding, int]],
    *,
    event_id: int,
    learner_id: int,
    to_account_id: int,
    seat_id: int | None = None,
    first_part: int = 0,
) -> list[Move]:
    """Return a move for each lot and how much of it pays."""
    return [
        Move(
            event_id=event_id,
            part=part,
            learner_id=learner_id,
            kind="spend",
            asset=lot.asset,
            from_account_id=lot.id,
            to_account_id=to_account_id,
            amount=share,
            lot_id=lot.id,
            change=-share,
            seat_id=seat_id,
        )
        for part, (lot, share) in enumerate(payments, start=first_part)
    ]


def given_back(
    spends: Iterable[Spend], *, event_id: int, learner_id: int, seat_id: int | None = None
) -> list[Move]:
    """Return a move for each of what was paid, back to the lot it came from."""
    return [
        Move(
            event_id=event_id,
            part=part,
            learner_id=learner_id,
            kind="refund",
            asset=spend.asset,
            from_account_id=spend.to_account_id,
            to_account_id=spend.from_account_id,
            amount=spend.amount,
            lot_id=spend.from_account_id,
            change=spend.amount,
            seat_id=seat_id,
        )
        for part, spend in enumerate(spends)
    ]
