"""Write lots, and the events and transfers that filled and emptied them."""

from collections.abc import Iterator

import numpy as np

from yueke.cli.demo.columns import HOUR, Column, Flags
from yueke.cli.demo.copying import copy_arrays, copy_rows
from yueke.cli.demo.writing import Writing

_ASSETS = ("credit", "coupon", "stone")
_EVENT = (
    *("id", "market_id", "at", "kind", "channel", "actor_kind", "actor_id", "reason"),
    *("learner_id", "data"),
)
_GRANTED_BY = "marketing"


def write(writing: Writing) -> None:
    """Write every lot as it is now, and how it came to be so, but for the lessons paid."""
    lots = writing.company.lots
    for asset in _ASSETS:
        for product in np.unique(lots.product):
            of = (lots.asset == asset) & (lots.product == product)
            ends = ~np.isnat(lots.expires_at)
            _accounts(writing, asset, product, of & ends)
            _accounts(writing, asset, product, of & ~ends)
    copy_rows("event", _EVENT, _granted(writing), told=writing.told)
    copy_rows("event", _EVENT, _expired(writing), told=writing.told)
    for asset in _ASSETS:
        _grants(writing, asset, lots.asset == asset)
        _expiries(writing, asset, lots.gone & (lots.asset == asset))


def _accounts(writing: Writing, asset: str, product: str, mine: Flags) -> None:
    lots, numbers = writing.company.lots, writing.numbers
    ends = lots.expires_at[mine]
    columns: dict[str, Column] = {
        "id": numbers.lot + np.flatnonzero(mine),
        "market_id": writing.market,
        "role": b"lot",
        "learner_id": numbers.learner + lots.learner[mine],
        "asset": asset.encode(),
        "product_id": np.int64(writing.catalogue.products[product]) if product else None,
        "expires_at": None if np.isnat(ends).any() else ends,
        "balance": lots.balance[mine].astype(np.int32),
    }
    copy_arrays("account", columns, told=writing.told)


def _granted(writing: Writing) -> Iterator[tuple[object, ...]]:
    lots, numbers, market = writing.company.lots, writing.numbers, writing.catalogue.market
    head = ("wallet.granted", _GRANTED_BY, "user", writing.catalogue.users[_GRANTED_BY], "")
    rows = zip(
        np.datetime_as_string(lots.granted_at, timezone="UTC"),
        (numbers.learner + lots.learner).tolist(),
        lots.asset,
        lots.granted.tolist(),
        strict=True,
    )
    for place, (at, learner, asset, amount) in enumerate(rows):
        data = _told_of(asset, amount, numbers.lot + place)
        yield numbers.granted + place, market, at, *head, learner, data


def _expired(writing: Writing) -> Iterator[tuple[object, ...]]:
    lots, numbers, market = writing.company.lots, writing.numbers, writing.catalogue.market
    head = ("wallet.expired", "system", "job", 0, "")
    for number, place in enumerate(np.flatnonzero(lots.gone).tolist()):
        at = np.datetime_as_string(lots.expires_at[place] + HOUR, timezone="UTC")
        learner = numbers.learner + int(lots.learner[place])
        data = _told_of(lots.asset[place], 1, numbers.lot + place)
        yield numbers.expired + number, market, at, *head, learner, data


def _told_of(asset: str, amount: int, lot: int) -> str:
    return f'{{"asset": "{asset}", "amount": {amount}, "lot": {lot}}}'


def _grants(writing: Writing, asset: str, mine: Flags) -> None:
    lots, numbers = writing.company.lots, writing.numbers
    columns: dict[str, Column] = {
        "event_id": numbers.granted + np.flatnonzero(mine),
        "kind": b"grant",
        "from_account_id": np.int64(writing.catalogue.accounts["issued", asset]),
        "to_account_id": numbers.lot + np.flatnonzero(mine),
        "amount": lots.granted[mine].astype(np.int32),
        "at": lots.granted_at[mine],
    }
    _transfers(writing, asset, mine, columns)


def _expiries(writing: Writing, asset: str, mine: Flags) -> None:
    lots, numbers = writing.company.lots, writing.numbers
    columns: dict[str, Column] = {
        "event_id": numbers.expired + (np.cumsum(lots.gone) - 1)[mine],
        "kind": b"expire",
        "from_account_id": numbers.lot + np.flatnonzero(mine),
        "to_account_id": np.int64(writing.catalogue.accounts["expired", asset]),
        "amount": np.int32(1),
        "at": lots.expires_at[mine] + HOUR,
    }
    _transfers(writing, asset, mine, columns)


def _transfers(writing: Writing, asset: str, mine: Flags, columns: dict[str, Column]) -> None:
    columns |= {
        "part": np.int16(0),
        "market_id": writing.market,
        "learner_id": writing.numbers.learner + writing.company.lots.learner[mine],
        "asset": asset.encode(),
    }
    copy_arrays("transfer", columns, told=writing.told)
