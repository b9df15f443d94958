"""Which lots pay for a lesson."""

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.unit.knowledge import LEARNER, LEVEL7, MAJOR, NOW, facts, lot
from yueke.booking.rules.pay import choose_lots
from yueke.curriculum.rules import ProductFacts
from yueke.wallet.refusals import (
    AssetNotAccepted,
    BalanceTooLow,
    LotExpired,
    LotForAnotherProduct,
    LotNotFound,
)
from yueke.wallet.rules import Holding

DAY = timedelta(days=1)
INSTANT = timedelta(microseconds=1)


def pay(
    *lots: Holding,
    product: ProductFacts = LEVEL7,
    asset: str = "credit",
    lot_id: int | None = None,
) -> list[tuple[int, int]]:
    """Choose from these lots; return what is taken, by lot."""
    known = facts(lots=lots)
    chosen = choose_lots(known, learner_id=LEARNER, product=product, asset=asset, lot_id=lot_id)
    return [(taken.id, share) for taken, share in chosen]


def test_one_lot_pays_the_price() -> None:
    assert pay(lot(1, balance=5)) == [(1, 3)]


def test_the_lot_that_expires_first_is_spent_first() -> None:
    never, late, soon = lot(1), lot(2, expires_in=9 * DAY), lot(3, expires_in=DAY)
    assert pay(never, late, soon) == [(3, 3)]


def test_a_lot_that_never_expires_is_spent_last() -> None:
    assert pay(lot(1), lot(2, expires_in=3000 * DAY)) == [(2, 3)]


def test_of_lots_that_expire_together_the_older_is_spent_first() -> None:
    assert pay(lot(8), lot(7)) == [(7, 3)]


def test_several_lots_pay_together_in_the_order_of_their_expiry() -> None:
    lots = [lot(1, balance=9), lot(2, balance=1, expires_in=2 * DAY)]
    assert pay(*lots, lot(3, balance=1, expires_in=DAY)) == [(3, 1), (2, 1), (1, 1)]


def test_an_empty_lot_takes_no_part() -> None:
    assert pay(lot(1, balance=0, expires_in=DAY), lot(2)) == [(2, 3)]


def test_a_lot_is_good_until_its_instant_and_not_at_it() -> None:
    assert pay(lot(1, expires_in=INSTANT)) == [(1, 3)]
    with pytest.raises(BalanceTooLow):
        pay(lot(1, expires_in=timedelta(0)))


def test_a_lot_of_another_product_or_asset_does_not_count() -> None:
    assert pay(lot(1, product_id=MAJOR.id), lot(2, product_id=LEVEL7.id)) == [(2, 3)]
    with pytest.raises(BalanceTooLow) as refused:
        pay(lot(1, product_id=MAJOR.id), lot(2, asset="stone", balance=99), lot(3, balance=2))
    assert refused.value == BalanceTooLow("credit", 3, 2)


def test_an_asset_the_product_has_no_price_in_is_refused() -> None:
    with pytest.raises(AssetNotAccepted):
        pay(lot(1, asset="stone", balance=99), asset="stone")


def test_a_named_lot_pays_alone_even_if_another_expires_first() -> None:
    assert pay(lot(1, expires_in=DAY), lot(2), lot_id=2) == [(2, 3)]
    with pytest.raises(BalanceTooLow) as refused:
        pay(lot(1, balance=99), lot(2, balance=2), lot_id=2)
    assert refused.value == BalanceTooLow("credit", 3, 2)


@pytest.mark.parametrize(
    ("named", "refusal"),
    [
        (lot(1, expires_in=timedelta(0)), LotExpired(1)),
        (lot(1, product_id=MAJOR.id), LotForAnotherProduct(1)),
        (lot(1, asset="coupon"), LotNotFound(1)),
        (lot(2), LotNotFound(1)),
    ],
)
def test_a_named_lot_that_does_not_fit_is_refused(named: Holding, refusal: Exception) -> None:
    with pytest.raises(type(refusal)) as refused:
        pay(named, lot(50, balance=99), lot_id=1)
    assert refused.value == refusal


def test_a_lot_of_another_learner_is_not_found() -> None:
    known = facts(lots=[lot(1)])
    with pytest.raises(LotNotFound):
        choose_lots(known, learner_id=LEARNER + 1, product=MAJOR, asset="credit", lot_id=1)


@given(
    balances=st.lists(st.integers(0, 4), max_size=6),
    days=st.lists(st.integers(-2, 5) | st.none(), min_size=6, max_size=6),
    price=st.integers(1, 12),
)
def test_what_is_taken_is_the_price_or_all_that_is_usable_was_too_little(
    balances: list[int], days: list[int | None], price: int
) -> None:
    lots = [
        lot(id_, balance=balance, expires_in=None if day is None else day * DAY)
        for id_, (balance, day) in enumerate(zip(balances, days, strict=False))
    ]
    usable = {x.id: x for x in lots if x.expires_at is None or x.expires_at > NOW}
    owned = sum(x.balance for x in usable.values())
    product = replace(LEVEL7, prices={"credit": price})
    known = facts()
    known.lots = {LEARNER: lots}
    if owned < price:
        with pytest.raises(BalanceTooLow) as refused:
            choose_lots(known, learner_id=LEARNER, product=product, asset="credit", lot_id=None)
        assert refused.value == BalanceTooLow("credit", price, owned)
        return
    taken = choose_lots(known, learner_id=LEARNER, product=product, asset="credit", lot_id=None)
    assert sum(share for _, share in taken) == price
    assert all(0 < share <= usable[paid.id].balance for paid, share in taken)
    # Every lot but the last is used up: nothing is kept in a lot that expires sooner.
    assert all(share == paid.balance for paid, share in taken[:-1])
