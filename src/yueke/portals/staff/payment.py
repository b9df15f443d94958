"""The ways to pay for a learner's lesson that the channel, the price and the wallet allow."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from yueke.curriculum.models import Product
from yueke.portals.staff.desk import Desk
from yueke.wallet import queries as wallet_queries
from yueke.wallet.models import Account


@dataclass(frozen=True, slots=True)
class Way:
    """So many units of an asset, what is left afterwards, and when the first to go expires."""

    asset: str
    amount: int
    balance: int
    expires_at: datetime | None

    @property
    def is_enough(self) -> bool:
        """Whether there is enough to pay."""
        return self.balance >= self.amount

    @property
    def left(self) -> int:
        """What is left after paying."""
        return self.balance - self.amount


def ways_to_pay(*, desk: Desk, learner_id: int, product: Product) -> list[Way]:
    """Return a way for each asset that pays for the product."""
    lots = wallet_queries.lots_of_learner(market_id=desk.market_id, learner_id=learner_id)
    good = [
        lot
        for lot in lots
        if lot.product_id in (None, product.pk)
        and (lot.expires_at is None or lot.expires_at > desk.caller.now)
    ]
    prices = {price.asset: price.amount for price in product.prices.all()}
    return [_way(asset, prices[asset], good) for asset in desk.allowed.assets() if asset in prices]


def _way(asset: str, amount: int, lots: Sequence[Account]) -> Way:
    mine = [lot for lot in lots if lot.asset == asset]
    first = mine[0].expires_at if mine else None
    return Way(asset, amount, sum(lot.balance for lot in mine), first)
