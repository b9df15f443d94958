"""Read wallets: what a learner owns, and every entry that made it so."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import BigIntegerField, Case, F, Q, QuerySet, Sum, When

from yueke.kernel.columns import numbers
from yueke.kernel.transaction import Question
from yueke.notices import queries as notices
from yueke.wallet.models import Account, Transfer


def lots_of_learner(*, market_id: int, learner_id: int) -> QuerySet[Account]:
    """Return a learner's lots with something in them, by asset, first to expire first."""
    lots = Account.objects.filter(market_id=market_id, learner_id=learner_id, balance__gt=0)
    return lots.order_by("asset", F("expires_at").asc(nulls_last=True), "id")


def balances(*, market_id: int, learner_id: int, now: datetime) -> dict[str, int]:
    """Return how many units of each asset a learner can still spend."""
    lots = lots_of_learner(market_id=market_id, learner_id=learner_id)
    sums: dict[str, int] = {}
    for lot in lots:
        if lot.expires_at is None or lot.expires_at > now:
            sums[lot.asset] = sums.get(lot.asset, 0) + lot.balance
    return sums


@dataclass(slots=True)
class Balance:
    """How many units of an asset a learner can still spend."""

    learner_id: int
    asset: str
    balance: int


def balances_of(*, market_id: int, learner_ids: Collection[int], now: datetime) -> Question:
    """Ask how much of each asset learners can still spend; rows are Balance."""
    params = (market_id, numbers(learner_ids), now)
    return Question(__package__, "balances", params, Balance)


def entries_of_learner(
    *, market_id: int, learner_id: int, after: Transfer | None = None
) -> QuerySet[Transfer]:
    """Return a learner's transfers, last to first, each with its `change` to the learner.

    `change` is positive for what came in (grant, refund) and negative for what went out.
    `after` is the transfer that ended the page before.
    """
    incoming = When(kind__in=["grant", "refund"], then=F("amount"))
    change = Case(incoming, default=-F("amount"), output_field=BigIntegerField())
    transfers = _transfers_of(market_id=market_id, learner_id=learner_id)
    if after is not None:
        at_once = Q(event_id__lt=after.event_id) | Q(event_id=after.event_id, part__lt=after.part)
        transfers = transfers.filter(Q(at__lt=after.at) | Q(at_once, at=after.at))
    return transfers.annotate(change=change).order_by("-at", "-event_id", "-part")


def lots_then(*, market_id: int, learner_id: int, at: datetime) -> list[tuple[Account, int]]:
    """Return the lots a learner had at a moment with what was in each, rebuilt from transfers."""
    transfers = _transfers_of(market_id=market_id, learner_id=learner_id).filter(at__lte=at)
    held: dict[int, int] = {}
    for source, target, amount in transfers.values_list(
        "from_account_id", "to_account_id", "amount"
    ):
        held[source] = held.get(source, 0) - amount
        held[target] = held.get(target, 0) + amount
    lots = Account.objects.filter(market_id=market_id, learner_id=learner_id, id__in=held)
    in_order = lots.order_by("asset", F("expires_at").asc(nulls_last=True), "id")
    return [(lot, held[lot.pk]) for lot in in_order if held[lot.pk]]


def find_entry(*, market_id: int, learner_id: int, event_id: int, part: int) -> Transfer | None:
    """Return one transfer of a learner."""
    mine = Transfer.objects.filter(market_id=market_id, learner_id=learner_id)
    return mine.filter(event_id=event_id, part=part).first()


def _transfers_of(*, market_id: int, learner_id: int) -> QuerySet[Transfer]:
    """Return a learner's transfers by way of the log: an index of their own would cost bookings."""
    events = notices.events_of_learner(market_id=market_id, learner_id=learner_id)
    mine = Transfer.objects.filter(market_id=market_id, learner_id=learner_id)
    return mine.filter(event_id__in=events.order_by().values("id"))


def lots_of_seat(*, market_id: int, seat_id: int) -> QuerySet[Account]:
    """Return the lots that paid for a seat, first to expire first."""
    spends = Transfer.objects.filter(market_id=market_id, seat_id=seat_id, kind="spend")
    lots = Account.objects.filter(market_id=market_id, id__in=spends.values("from_account_id"))
    return lots.order_by(F("expires_at").asc(nulls_last=True), "id")


def total_balance(*, market_id: int, learner_ids: Sequence[int], asset: str) -> dict[int, int]:
    """Return the balance of an asset for each of several learners."""
    lots = Account.objects.filter(market_id=market_id, learner_id__in=learner_ids, asset=asset)
    rows = lots.values_list("learner_id").annotate(total=Sum("balance"))
    return {learner_id: total for learner_id, total in rows if learner_id is not None}
