"""What comes back into a lot past its time is good again for some days, as the policy says."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from types import MappingProxyType

from yueke.kernel.actor import Actor
from yueke.kernel.columns import numbers
from yueke.kernel.transaction import Question, Work
from yueke.notices import operations as notices
from yueke.notices.operations import Happened
from yueke.people import policies
from yueke.wallet.expiring import expire
from yueke.wallet.operations import ExpiredLot, Spend


@dataclass(frozen=True, slots=True)
class Back:
    """A payment that comes back to a learner, and who sends it back."""

    spend: Spend
    learner_id: int
    actor: Actor


def revive(
    work: Work,
    *,
    market_id: int,
    now: datetime,
    back: Iterable[Back],
    spent: Mapping[int, int] = MappingProxyType({}),
) -> None:
    """Make good again what came back into lots past their time; with no days, all of it expires.

    What was left in them has expired and goes first, whether or not the timer has come by. `spent`
    is how much of what came back has been spent again, by lot. The owners are locked. Call it
    after refunds and payments are posted.
    """
    late = [one for one in back if one.spend.expires_at is not None and one.spend.expires_at <= now]
    if not late:
        return
    days = policies.in_force(market_id=market_id, at=now).number("revive_days")
    if not days:
        return
    until = now + timedelta(days=days)
    _expire_rest(work, market_id, now, late, spent)
    lots = sorted({one.spend.from_account_id for one in late})
    work.write(__package__, "revive_lots", (until, market_id, numbers(lots)))
    notices.append_new(work, at=now, events=[_told(one, until) for one in late])


def _expire_rest(
    work: Work, market_id: int, now: datetime, late: Iterable[Back], spent: Mapping[int, int]
) -> None:
    came: Counter[int] = Counter()
    for one in late:
        came[one.spend.from_account_id] += one.spend.amount
    came.subtract({lot: amount for lot, amount in spent.items() if lot in came})
    key = (now, market_id, numbers(came))
    rest: list[ExpiredLot]
    [rest] = work.ask(Question(__package__, "late_lots", key, ExpiredLot)).fetch()
    for lot in rest:
        lot.balance -= came[lot.id]
    expire(work, now=now, lots=[lot for lot in rest if lot.balance > 0])


def _told(back: Back, until: datetime) -> Happened:
    spend = back.spend
    assert spend.expires_at is not None
    data = {
        "asset": spend.asset,
        "amount": spend.amount,
        "was": spend.expires_at.isoformat(),
        "until": until.isoformat(),
    }
    return Happened(
        0,
        "wallet.revived",
        back.actor,
        learner_id=back.learner_id,
        data={**data, "lot": spend.from_account_id},
    )
