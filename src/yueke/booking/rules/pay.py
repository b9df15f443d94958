"""Which lots pay for a lesson: the one that expires first is spent first."""

from datetime import UTC, datetime

from yueke.booking.rules.facts import Facts
from yueke.curriculum.rules import ProductFacts
from yueke.wallet.refusals import (
    AssetNotAccepted,
    BalanceTooLow,
    LotExpired,
    LotForAnotherProduct,
    LotNotFound,
)
from yueke.wallet.rules import Holding

_NEVER = datetime.max.replace(tzinfo=UTC)


def choose_lots(
    facts: Facts,
    *,
    learner_id: int,
    product: ProductFacts,
    asset: str,
    lot_id: int | None,
    free: bool = False,
) -> list[tuple[Holding, int]]:
    """Return the lots to take from and how much of each, in units of the asset; none for `free`.

    Refuses: asset_not_accepted, lot_not_found, lot_expired, lot_for_another_product,
    balance_too_low.
    """
    price = product.prices.get(asset)
    if price is None:
        raise AssetNotAccepted(product.code, asset)
    if free:
        return []
    owned = [lot for lot in facts.lots.get(learner_id, ()) if lot.asset == asset]
    if lot_id is None:
        usable = [lot for lot in owned if _usable(lot, product, facts.now)]
        usable.sort(key=lambda lot: (lot.expires_at or _NEVER, lot.id))
    else:
        usable = [_named(owned, lot_id, product, facts.now)]
    return _spread(usable, price, asset)


def _usable(lot: Holding, product: ProductFacts, now: datetime) -> bool:
    fits = lot.product_id is None or lot.product_id == product.id
    return fits and (lot.expires_at is None or lot.expires_at > now)


def _named(owned: list[Holding], lot_id: int, product: ProductFacts, now: datetime) -> Holding:
    lot = next((lot for lot in owned if lot.id == lot_id), None)
    if lot is None:
        raise LotNotFound(lot_id)
    if lot.expires_at is not None and lot.expires_at <= now:
        raise LotExpired(lot_id)
    if lot.product_id is not None and lot.product_id != product.id:
        raise LotForAnotherProduct(lot_id)
    return lot


def _spread(usable: list[Holding], price: int, asset: str) -> list[tuple[Holding, int]]:
    taken: list[tuple[Holding, int]] = []
    missing = price
    if not missing:
        return taken
    for lot in usable:
        share = min(lot.balance, missing)
        if share:
            taken.append((lot, share))
            missing -= share
        if not missing:
            return taken
    raise BalanceTooLow(asset, price, price - missing)
