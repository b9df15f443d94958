"""The weekly run: started once a week of a market, planned as a whole, then carried out."""

from collections.abc import Callable, Iterable, Iterator
from datetime import datetime, time
from functools import partial
from itertools import chain

from yueke.kernel.alone import alone
from yueke.kernel.transaction import begin, snapshot
from yueke.people.models import Market
from yueke.supply.autobooking import explaining
from yueke.supply.autobooking.enough import surplus_of
from yueke.supply.autobooking.instead import instead_of
from yueke.supply.autobooking.planning import WeekPlan, plan_week
from yueke.supply.autobooking.reading import ASSETS, WeekFacts, read_taken, read_week
from yueke.supply.runs import rows, telling
from yueke.supply.runs.advice import Advice
from yueke.supply.runs.carrying import carry_out
from yueke.supply.runs.models import WeeklyRun
from yueke.supply.runs.rows import NewRow
from yueke.supply.runs.weeks import Week, due_week

# By the wall clock of the market, on Mondays.
AT = time(12, 3)


def run_due(*, now: Callable[[], datetime]) -> int:
    """Start what is due in any market, and go on with whatever is not finished (SD-10).

    Returns how many runs were carried on. A week is run once, whoever's timer comes first, and a
    run that was missed is caught up until its week begins.
    """
    for market in Market.objects.all():
        week = due_week(now=now(), zone=market.zone, at=AT)
        if week is not None:
            start(market_id=market.pk, week=week, now=now())
    unfinished = WeeklyRun.objects.filter(kind=WeeklyRun.Kind.AUTO, finished_at=None)
    found = list(unfinished.order_by("id"))
    for run in found:
        go_on(run, now=now)
    return len(found)


def start(*, market_id: int, week: Week, now: datetime) -> WeeklyRun:
    """Return the run of a week, started if there was none yet; as `runs.telling.start`."""
    kind = WeeklyRun.Kind.AUTO
    return telling.start(market_id=market_id, kind=kind, week=week.monday, now=now)


def go_on(run: WeeklyRun, *, now: Callable[[], datetime]) -> None:
    """Plan a run if it is not planned, one worker alone; book what waits, any number at once."""
    if run.planned_at is None:
        with alone(f"plan of run {run.pk}") as is_mine:
            run.refresh_from_db()
            if is_mine and run.planned_at is None:
                plan(run, now=now())
    if run.planned_at is not None:
        week = Week(run.week, Market.objects.get(pk=run.market_id).zone)
        advice = Advice(partial(surplus_of, run, week), partial(instead_of, run, week))
        carry_out(run, now=now, advice=advice)


def plan(run: WeeklyRun, *, now: datetime) -> None:
    """Plan a run: all of its rows are written, or none."""
    week = Week(run.week, Market.objects.get(pk=run.market_id).zone)
    facts, planned = read_and_plan(market_id=run.market_id, week=week, now=now)
    with begin() as work:
        fresh = WeeklyRun.objects.select_for_update().get(pk=run.pk)
        if fresh.planned_at is None:
            rows.insert(work, run_id=run.pk, rows=new_rows(facts, planned))
            fresh.planned_at = now
            fresh.save(update_fields=["planned_at"])
    run.planned_at = fresh.planned_at


def read_and_plan(
    *, market_id: int, week: Week, now: datetime, learner_id: int | None = None
) -> tuple[WeekFacts, WeekPlan]:
    """Plan a week on one snapshot, for all rules of a market or for one learner's."""
    with snapshot() as work:
        facts = read_week(work, market_id=market_id, week=week, now=now, learner_id=learner_id)
        planned = plan_week(facts)
        if planned.missing.any():
            explaining.note_taken(facts, planned, read_taken(work, facts))
    return facts, planned


def new_rows(facts: WeekFacts, plan: WeekPlan) -> Iterator[NewRow]:
    """Return the rows of a plan: each lesson planned, then each that is missed, with why."""
    return chain(_booked(facts, plan), _missed(facts, plan))


def _booked(facts: WeekFacts, plan: WeekPlan) -> Iterator[NewRow]:
    planned, rules = plan.planned, facts.rules
    learner = rules["learner"][planned.rule].tolist()
    codes = {product.id: product.code for product in facts.products.values()}
    product, asset = rules["product"][planned.rule].tolist(), rules["asset"][planned.rule].tolist()
    starts = [facts.week.at(cell) for cell in range(facts.week.cells)]
    lines = zip(
        learner,
        product,
        asset,
        planned.teacher.tolist(),
        planned.cell.tolist(),
        explaining.why_planned(planned),
        strict=True,
    )
    for who, what, pays, teacher, cell, why in lines:
        yield NewRow(who, codes[what], ASSETS[pays], teacher, starts[cell], why)


def _missed(facts: WeekFacts, plan: WeekPlan) -> Iterator[NewRow]:
    wanted = plan.wanted
    for rule in plan.missing.nonzero()[0].tolist():
        why = explaining.why_missed(facts, plan, rule)
        yield from _times(facts, rule, int(plan.missing[rule]), why)
    for rule in wanted.short_of_funds.nonzero()[0].tolist():
        why = explaining.why_unpaid(facts, rule)
        yield from _times(facts, rule, int(wanted.short_of_funds[rule]), why)
    for rule in wanted.why_none:
        why = explaining.why_nothing(facts, plan, rule)
        yield from _times(facts, rule, int(facts.rules["lessons"][rule]), why)


def _times(facts: WeekFacts, rule: int, count: int, why: str) -> Iterable[NewRow]:
    product = facts.products[int(facts.rules["product"][rule])].code
    asset = ASSETS[int(facts.rules["asset"][rule])]
    row = NewRow(int(facts.rules["learner"][rule]), product, asset, None, None, why)
    return [row] * count
