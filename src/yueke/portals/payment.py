"""The ways to pay for a lesson that the channel, the price and the wallet allow."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from yueke.curriculum.rules import ProductFacts
from yueke.kernel.actor import Actor
from yueke.people import channels
from yueke.portals import ids
from yueke.wallet import queries as wallet_queries
from yueke.wallet.models import Account


@dataclass(frozen=True, slots=True)
class Way:
    """One choice: so many units of an asset; a coupon is one lot of its own."""

    asset: str
    amount: int
    balance: int
    expires_at: datetime | None
    lot_id: int | None = None
    chosen: bool = False

    @property
    def value(self) -> str:
        """The choice as a form carries it."""
        return self.asset if self.lot_id is None else f"{self.asset}:{ids.LOT.show(self.lot_id)}"

    @property
    def is_enough(self) -> bool:
        """Whether there is enough to pay."""
        return self.balance >= self.amount

    @property
    def left(self) -> int:
        """What is left after paying."""
        return self.balance - self.amount


def ways_to_pay(
    *, actor: Actor, now: datetime, learner_id: int, product: ProductFacts, wanted: str = ""
) -> list[Way]:
    """Return the choices, the one wanted or else the first that is enough chosen."""
    lots = [
        lot
        for lot in wallet_queries.lots_of_learner(market_id=actor.market_id, learner_id=learner_id)
        if lot.product_id in (None, product.id) and (lot.expires_at is None or lot.expires_at > now)
    ]
    ways = [
        way
        for asset in Account.Asset.values
        if asset in product.prices and channels.may(actor.channel, "pay", asset)
        for way in _ways(asset, product.prices[asset], lots)
    ]
    enough = [way.value for way in ways if way.is_enough]
    chosen = wanted if wanted in enough else next(iter(enough), "")
    return [replace(way, chosen=way.value == chosen) for way in ways]


def read_way(text: str) -> tuple[str, int | None]:
    """Return the asset and the lot that a form names; refuses lot_not_found."""
    asset, _, lot = text.partition(":")
    return asset, ids.read_lot(lot) if lot else None


def _ways(asset: str, amount: int, lots: Iterable[Account]) -> list[Way]:
    mine = [lot for lot in lots if lot.asset == asset]
    if asset == Account.Asset.COUPON:
        return [Way(asset, amount, lot.balance, lot.expires_at, lot.pk) for lot in mine]
    first = mine[0].expires_at if mine else None
    return [Way(asset, amount, sum(lot.balance for lot in mine), first)]
