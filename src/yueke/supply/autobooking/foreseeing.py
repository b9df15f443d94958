"""What a run would book if it were now: planned with the same planner, and nothing booked."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import islice

import msgspec

from yueke.kernel.actor import Actor
from yueke.people import channels
from yueke.people import queries as people
from yueke.people.models import Market
from yueke.supply.autobooking.weekly import new_rows, read_and_plan
from yueke.supply.runs.rows import NewRow
from yueke.supply.runs.weeks import Week, next_week


@dataclass(frozen=True, kw_only=True)
class Foreseen:
    """What would be booked and missed; `reasons` counts the missed, `rows` are the first."""

    week: Week
    booked: int
    missed: int
    reasons: dict[str, int]
    rows: list[NewRow]


def foresee(
    *, actor: Actor, now: datetime, learner_id: int | None = None, size: int = 100
) -> Foreseen:
    """Plan next week for all rules of the market, or for one learner's alone, and book nothing.

    For one learner nobody else is planned: what is open now is what may be had (SD-10, LP-1).
    Refuses: channel_may_not, learner_not_found.
    """
    channels.require(actor, "see", "auto-runs")
    if learner_id is not None:
        people.get_learner(actor=actor, learner_id=learner_id)
    week = next_week(now=now, zone=Market.objects.get(pk=actor.market_id).zone)
    facts, plan = read_and_plan(
        market_id=actor.market_id, week=week, now=now, learner_id=learner_id
    )
    rows = new_rows(facts, plan)
    first = list(islice(rows, size))
    reasons: Counter[str] = Counter()
    for row in _missed(first, rows):
        reasons[str(msgspec.json.decode(row.why)["reason"])] += 1
    return Foreseen(
        week=week,
        booked=plan.planned.count,
        missed=reasons.total(),
        reasons=dict(reasons),
        rows=first,
    )


def _missed(first: list[NewRow], rest: Iterator[NewRow]) -> Iterator[NewRow]:
    for some in (iter(first), rest):
        yield from (row for row in some if row.teacher_id is None)
