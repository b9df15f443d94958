"""Write lots, and the events and transfers that filled and emptied them."""

from collections.abc import Iterator

import numpy as np

from yueke.cli.demo.catalogue import Catalogue
from yueke.cli.demo.columns import HOUR, Column, Flags
from yueke.cli.demo.company import Company
from yueke.cli.demo.copying import Told, copy_arrays, copy_rows
from yueke.cli.demo.numbers import Numbers
from yueke.cli.demo.wallets import Lots
from yueke.people.channels import side

_ASSETS = ("credit", "coupon", "stone")
_EVENT = ("id", "market_id", "at", "kind", "channel", "actor_kind", "actor_id", "reason")
_GRANTED_BY = "marketing"


def write(*, company: Company, catalogue: Catalogue, numbers: Numbers, told: Told) -> None:
    """Write every lot as it is now, and how it came to be so, but for the lessons paid."""
    lots = company.lots
    for product in np.unique(lots.product):
        for ends in (False, True):
            mine = (lots.product == product) & (np.isnat(lots.expires_at) != ends)
            for asset in _ASSETS:
                _accounts(
                    lots, mine & (lots.asset == asset), asset, product, catalogue, numbers, told
                )
    assert side(_GRANTED_BY) == "staff"
    copy_rows(
        "event", (*_EVENT, "learner_id", "data"), _granted(lots, catalogue, numbers), told=told
    )
    copy_rows(
        "event", (*_EVENT, "learner_id", "data"), _expired(lots, catalogue, numbers), told=told
    )
    for asset in _ASSETS:
        _transfers("grant", asset, lots.asset == asset, lots, catalogue, numbers, told)
        gone = lots.gone & (lots.asset == asset)
        _transfers("expire", asset, gone, lots, catalogue, numbers, told)


def _accounts(
    lots: Lots,
    mine: Flags,
    asset: str,
    product: str,
    catalogue: Catalogue,
    numbers: Numbers,
    told: Told,
) -> None:
    ends = lots.expires_at[mine]
    columns: dict[str, Column] = {
        "id": numbers.lot + np.flatnonzero(mine),
        "market_id": np.int32(catalogue.market),
        "role": b"lot",
        "learner_id": numbers.learner + lots.learner[mine],
        "asset": asset.encode(),
        "product_id": np.int64(catalogue.products[product]) if product else None,
        "expires_at": None if np.isnat(ends).any() else ends,
        "balance": lots.balance[mine].astype(np.int32),
    }
    copy_arrays("account", columns, told=told)


def _granted(lots: Lots, catalogue: Catalogue, numbers: Numbers) -> Iterator[tuple[object, ...]]:
    user = catalogue.users[_GRANTED_BY]
    head = ("wallet.granted", _GRANTED_BY, "user", user, "")
    rows = zip(
        np.datetime_as_string(lots.granted_at, timezone="UTC"),
        (numbers.learner + lots.learner).tolist(),
        lots.asset,
        lots.granted.tolist(),
        strict=True,
    )
    for place, (at, learner, asset, amount) in enumerate(rows):
        data = f'{{"asset": "{asset}", "amount": {amount}, "lot": {numbers.lot + place}}}'
        yield numbers.granted + place, catalogue.market, at, *head, learner, data


def _expired(lots: Lots, catalogue: Catalogue, numbers: Numbers) -> Iterator[tuple[object, ...]]:
    head = ("wallet.expired", "system", "job", 0, "")
    for number, place in enumerate(np.flatnonzero(lots.gone).tolist()):
        at = np.datetime_as_string(lots.expires_at[place] + HOUR, timezone="UTC")
        data = f'{{"asset": "{lots.asset[place]}", "amount": 1, "lot": {numbers.lot + place}}}'
        learner = numbers.learner + int(lots.learner[place])
        yield numbers.expired + number, catalogue.market, at, *head, learner, data


def _transfers(
    kind: str,
    asset: str,
    mine: Flags,
    lots: Lots,
    catalogue: Catalogue,
    numbers: Numbers,
    told: Told,
) -> None:
    """Write what the company gave to lots, or took back when their time was over."""
    is_grant = kind == "grant"
    company = np.int64(catalogue.accounts["issued" if is_grant else "expired", asset])
    lot = numbers.lot + np.flatnonzero(mine)
    if is_grant:
        events, at = numbers.granted + np.flatnonzero(mine), lots.granted_at[mine]
    else:
        places = np.cumsum(lots.gone) - 1
        events, at = numbers.expired + places[mine], lots.expires_at[mine] + HOUR
    columns: dict[str, Column] = {
        "event_id": events,
        "part": np.int16(0),
        "market_id": np.int32(catalogue.market),
        "learner_id": numbers.learner + lots.learner[mine],
        "kind": kind.encode(),
        "asset": asset.encode(),
        "from_account_id": company if is_grant else lot,
        "to_account_id": lot if is_grant else company,
        "amount": (lots.granted if is_grant else lots.gone)[mine].astype(np.int32),
        "at": at,
    }
    copy_arrays("transfer", columns, told=told)
