"""Read wallets: what a learner owns, and every entry that made it so."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

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


@dataclass(frozen=True, slots=True)
class LotThen:
    """A lot as it was: what was in it, and until when that was good."""

    lot_id: int
    asset: str
    balance: int
    expires_at: datetime | None


def lots_then(*, market_id: int, learner_id: int, at: datetime) -> list[LotThen]:
    """Return the lots a learner had at a moment, by asset, first to expire first.

    What was in each is rebuilt from transfers, until when it was good from the log.
    """
    transfers = _transfers_of(market_id=market_id, learner_id=learner_id).filter(at__lte=at)
    held: dict[int, int] = {}
    for source, target, amount in transfers.values_list(
        "from_account_id", "to_account_id", "amount"
    ):
        held[source] = held.get(source, 0) - amount
        held[target] = held.get(target, 0) + amount
    lots = Account.objects.filter(market_id=market_id, learner_id=learner_id, id__in=held)
    ends = _ends_then(market_id=market_id, learner_id=learner_id, at=at)
    found = [
        LotThen(lot.pk, lot.asset, held[lot.pk], ends.get(lot.pk, lot.expires_at))
        for lot in lots
        if held[lot.pk]
    ]
    last = datetime.max.replace(tzinfo=UTC)
    return sorted(found, key=lambda lot: (lot.asset, lot.expires_at or last, lot.lot_id))


def _ends_then(*, market_id: int, learner_id: int, at: datetime) -> dict[int, datetime]:
    """Return until when lots were good that were revived, before a moment or since."""
    log = notices.events_of_learner(market_id=market_id, learner_id=learner_id)
    revived = log.filter(kind="wallet.revived").reverse()
    ends: dict[int, datetime] = {}
    for event in revived:
        lot = event.data["lot"]
        if event.at <= at:
            ends[lot] = datetime.fromisoformat(event.data["until"])
        elif lot not in ends and "was" in event.data:
            # Those of before say only until when it is good since.
            ends[lot] = datetime.fromisoformat(event.data["was"])
    return ends


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
