"""The ways to pay for a lesson that the channel, the price and the wallet allow."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from yueke.curriculum.models import Product
from yueke.people import channels
from yueke.portals import ids
from yueke.portals.family.visit import Visit
from yueke.wallet import queries as wallet_queries
from yueke.wallet.models import Account

ASSETS = ("credit", "coupon", "stone")


@dataclass(frozen=True, slots=True)
class Way:
    """One choice: so many units of an asset; a coupon is one lot of its own."""

    value: str
    asset: str
    amount: int
    balance: int
    expires_at: datetime | None
    chosen: bool = False

    @property
    def is_enough(self) -> bool:
        """Whether there is enough to pay."""
        return self.balance >= self.amount


def ways_to_pay(*, visit: Visit, product: Product, wanted: str = "") -> list[Way]:
    """Return the choices, the one wanted or else the first that is enough chosen."""
    actor = visit.caller.actor
    lots = [
        lot
        for lot in wallet_queries.lots_of_learner(
            market_id=actor.market_id, learner_id=visit.child.pk
        )
        if lot.product_id in (None, product.pk) and _is_valid(lot, visit.caller.now)
    ]
    prices = {price.asset: price.amount for price in product.prices.all()}
    allowed = [a for a in ASSETS if a in prices and channels.may(actor.channel, "pay", a)]
    ways = [way for asset in allowed for way in _ways(asset, prices[asset], lots)]
    enough = [way.value for way in ways if way.is_enough]
    chosen = wanted if wanted in enough else next(iter(enough), "")
    return [_marked(way, chosen) for way in ways]


def read_way(text: str) -> tuple[str, int | None]:
    """Return the asset and the lot that a form names; refuses lot_not_found."""
    asset, _, lot = text.partition(":")
    return asset, ids.read_lot(lot) if lot else None


def _is_valid(lot: Account, now: datetime) -> bool:
    return lot.expires_at is None or lot.expires_at > now


def _ways(asset: str, amount: int, lots: Iterable[Account]) -> list[Way]:
    mine = [lot for lot in lots if lot.asset == asset]
    if asset == "coupon":
        return [
            Way(f"{asset}:{ids.LOT.show(lot.pk)}", asset, amount, lot.balance, lot.expires_at)
            for lot in mine
        ]
    first = mine[0].expires_at if mine else None
    return [Way(asset, asset, amount, sum(lot.balance for lot in mine), first)]


def _marked(way: Way, chosen: str) -> Way:
    is_chosen = way.value == chosen
    return Way(way.value, way.asset, way.amount, way.balance, way.expires_at, is_chosen)
