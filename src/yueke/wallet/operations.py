"""Move assets between accounts inside the caller's transaction, which holds the learners' locks."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from yueke.kernel.columns import numbers, texts
from yueke.kernel.transaction import Question, Work
from yueke.wallet.models import Account
from yueke.wallet.rules import Holding


@dataclass(slots=True)
class Spend:
    """What was paid for a seat out of one account into another."""

    seat_id: int
    asset: str
    from_account_id: int
    to_account_id: int
    amount: int
    part: int
    # When the lot it came from is past its time.
    expires_at: datetime | None = None


@dataclass(slots=True)
class ExpiredLot:
    """A lot past its time with something left in it, and the company's account that takes it."""

    id: int
    market_id: int
    learner_id: int
    asset: str
    balance: int
    account_id: int


@dataclass(slots=True)
class Move:
    """One transfer to be posted. `lot_id` is the learner's side of it, `change` its sign."""

    event_id: int
    part: int
    learner_id: int
    kind: str
    asset: str
    from_account_id: int
    to_account_id: int
    amount: int
    lot_id: int
    change: int
    seat_id: int | None = None


def holdings(
    *,
    market_id: int,
    learner_ids: Iterable[int],
    assets: Iterable[str] = Account.Asset.values,
    named: Iterable[int] = (),
) -> Question:
    """Ask for learners' lots of some assets with something in them, those named, the company's own.

    Rows are Holding.
    """
    params = {
        "market_id": market_id,
        "learners": numbers(learner_ids),
        "assets": texts(assets),
        "named": numbers(named),
    }
    return Question(__package__, "holdings", params, Holding)


def spends_of_seats(*, seat_ids: Iterable[int]) -> Question:
    """Ask what was paid for seats; rows are Spend, by seat and part."""
    return Question(__package__, "spends_of_seats", (numbers(seat_ids),), Spend)


def post(work: Work, *, market_id: int, at: datetime, moves: Sequence[Move]) -> None:
    """Post transfers and their balances (I-4, I-5 stand as constraints)."""
    if not moves:
        return
    _post_balances(work, market_id, moves)
    work.write(
        __package__,
        "insert_transfers",
        (
            market_id,
            at,
            numbers(m.event_id for m in moves),
            numbers(m.part for m in moves),
            numbers(m.learner_id for m in moves),
            texts(m.kind for m in moves),
            texts(m.asset for m in moves),
            numbers(m.from_account_id for m in moves),
            numbers(m.to_account_id for m in moves),
            numbers(m.amount for m in moves),
            numbers(m.seat_id for m in moves),
        ),
    )


def post_purchase(
    work: Work, *, market_id: int, at: datetime, purchase_id: int, moves: Sequence[Move]
) -> None:
    """Post what is paid for a purchase that is no seat, or comes back (I-4, I-5)."""
    _post_balances(work, market_id, moves)
    columns = (
        numbers(m.event_id for m in moves),
        numbers(m.part for m in moves),
        numbers(m.learner_id for m in moves),
        texts(m.kind for m in moves),
        texts(m.asset for m in moves),
        numbers(m.from_account_id for m in moves),
        numbers(m.to_account_id for m in moves),
        numbers(m.amount for m in moves),
    )
    work.write(__package__, "insert_purchase_transfers", (market_id, at, purchase_id, *columns))


def spends_of_purchase(work: Work, *, purchase_id: int) -> list[Spend]:
    """Return what was paid for a purchase that is no seat, in its parts."""
    question = Question(__package__, "spends_of_purchase", (purchase_id,), Spend)
    spends: list[Spend] = work.ask(question).fetch()[0]
    return spends


def _post_balances(work: Work, market_id: int, moves: Sequence[Move]) -> None:
    changes: dict[int, int] = {}
    for move in moves:
        changes[move.lot_id] = changes.get(move.lot_id, 0) + move.change
    params = (numbers(changes), numbers(changes.values()), market_id)
    work.write(__package__, "post_balances", params)


def open_lot(
    *,
    market_id: int,
    learner_id: int,
    asset: str,
    product_id: int | None,
    expires_at: datetime | None,
) -> Account:
    """Open an empty lot of a learner."""
    return Account.objects.create(
        market_id=market_id,
        role=Account.Role.LOT,
        learner_id=learner_id,
        asset=asset,
        product_id=product_id,
        expires_at=expires_at,
        balance=0,
    )


def open_company_accounts(*, market_id: int) -> None:
    """Open the company's own accounts of every asset, where they are missing."""
    roles = [role for role in Account.Role if role != Account.Role.LOT]
    Account.objects.bulk_create(
        [
            Account(market_id=market_id, role=role, asset=asset)
            for role in roles
            for asset in Account.Asset
        ],
        ignore_conflicts=True,
    )


def company_accounts(*, market_ids: Iterable[int], role: str) -> dict[tuple[int, str], int]:
    """Return the ids of the company's accounts of a role by market and asset."""
    accounts = Account.objects.filter(market_id__in=set(market_ids), role=role)
    rows = accounts.values_list("market_id", "asset", "id")
    return {(market_id, asset): id_ for market_id, asset, id_ in rows}


def expired_lots(work: Work, *, now: datetime, limit: int) -> list[ExpiredLot]:
    """Lock the owners of lots past their time, at most `limit`, and return these lots."""
    owners = [row[0] for row in work.run(__package__, "lock_owners_of_expired", (now, limit))]
    rows = work.run(__package__, "expired_lots", (now, numbers(owners)))
    return [ExpiredLot(*row) for row in rows]
