"""Plan a market's week: long lessons first, each learner's rules one after another."""

from dataclasses import dataclass

import numpy as np

from yueke.kernel.arrays import Numbers
from yueke.supply.autobooking import liking
from yueke.supply.autobooking.planned import Planned, joined
from yueke.supply.autobooking.reading import WeekFacts
from yueke.supply.autobooking.solver.plan import make_plan
from yueke.supply.autobooking.solver.problem import Offers, Plan, Wants, ints
from yueke.supply.autobooking.supply import Board, offers_of, read_board, starts_of
from yueke.supply.autobooking.wanted import (
    NOT_OPEN,
    ONE_A_DAY,
    OWN,
    POSSIBLE,
    TAKEN,
    Wanted,
    mark_busy,
    read_wanted,
)


@dataclass(frozen=True, kw_only=True)
class WeekPlan:
    """The lessons of a week; for each rule how many are missing, and what stood against times."""

    planned: Planned
    wanted: Wanted
    missing: Numbers


@dataclass(frozen=True, kw_only=True)
class Problem:
    """What the planner is asked; `edges` are the wants' times in `Wanted`, `rows` the offers'."""

    wants: Wants
    offers: Offers
    edges: Numbers
    rows: Numbers


def plan_week(facts: WeekFacts) -> WeekPlan:
    """Plan a week (SD-10): the most lessons, then known teachers, then liked times.

    Fair over weeks: whoever missed lessons for want of time in the last four weeks comes first.
    """
    wanted, board, parts = read_wanted(facts), read_board(facts), []
    groups = np.unique(np.stack([-wanted.length, wanted.turn]), axis=1).T.tolist()
    for length, turn in groups:
        mine = (wanted.length == -length) & (wanted.turn == turn) & (wanted.lessons > 0)
        rules = np.flatnonzero(mine)
        if len(rules):
            part = _plan_group(facts, wanted, board, rules, -length)
            parts.append(part)
            cells = (part.cell[:, None] + np.arange(-length)).reshape(-1)
            learner = facts.rules["learner"][part.rule].repeat(-length)
            mark_busy(wanted, facts, learner, cells)
    planned = joined(parts)
    given = np.bincount(planned.rule, minlength=len(wanted.lessons))
    return WeekPlan(planned=planned, wanted=wanted, missing=wanted.lessons - given)


def _plan_group(
    facts: WeekFacts, wanted: Wanted, board: Board, rules: Numbers, length: int
) -> Planned:
    problem = pose(facts, wanted, board, rules, length)
    wants, offers, edges, rows = problem.wants, problem.offers, problem.edges, problem.rows
    plan = make_plan(wants, offers)
    _take(board, rows[plan.offer], length)
    _explain(wanted, wants, offers, edges, plan)
    return liking.told(facts, board, rules, edges[wants.first[plan.want] + plan.place], plan, rows)


def pose(facts: WeekFacts, wanted: Wanted, board: Board, rules: Numbers, length: int) -> Problem:
    """Return what the planner is asked for some rules, all of lessons of one length."""
    skills, klass = np.unique(wanted.skill[rules], return_inverse=True)
    mine = np.zeros(len(wanted.lessons), np.bool_)
    mine[rules] = True
    edges = np.flatnonzero(mine[wanted.rule] & (wanted.state == POSSIBLE))
    cells = facts.week.cells
    asked = np.bincount(wanted.cell[edges], minlength=cells)
    rows = starts_of(board, length=length, skills=skills, asked=asked)
    learners = facts.rules["learner"][rules].tolist()
    want_of = {who: (want, int(klass[want])) for want, who in enumerate(learners)}
    offers = offers_of(board, rows, skills=skills, cells=cells, want_of=want_of)
    wants = _wants(facts, wanted, board, rules, edges, klass)
    return Problem(wants=wants, offers=offers, edges=edges, rows=rows)


def _wants(
    facts: WeekFacts, wanted: Wanted, board: Board, rules: Numbers, edges: Numbers, klass: Numbers
) -> Wants:
    mine = np.searchsorted(rules, wanted.rule[edges])
    sizes = np.bincount(mine, minlength=len(rules))
    liked_first, liked = liking.teachers_of(facts, board, rules)
    return Wants(
        lessons=ints(wanted.lessons[rules]),
        klass=ints(klass.reshape(-1)),
        a_day=ints(wanted.a_day[rules]),
        tier=ints(wanted.tier[rules]),
        first=ints(np.concatenate([[0], np.cumsum(sizes)])),
        cells=ints(wanted.cell[edges]),
        days=ints(wanted.day[edges]),
        liked_first=liked_first,
        liked=liked,
    )


def _take(board: Board, rows: Numbers, length: int) -> None:
    for step in range(length):
        board.left[rows + step] = False


def _explain(wanted: Wanted, wants: Wants, offers: Offers, edges: Numbers, plan: Plan) -> None:
    """Write what became of each time: the learner's own, day full, taken by others, not open."""
    profiles = offers.teaches.shape[1]
    group = offers.cell * profiles + offers.profile
    counts = np.bincount(group, minlength=offers.cells * profiles).reshape(-1, profiles)
    offered = counts @ offers.teaches.T.astype(np.int64)
    want = np.repeat(np.arange(wants.count), np.diff(wants.first))
    some = offered[wants.cells, wants.klass[want]] > 0
    own = wants.first[plan.want] + plan.place
    a_day = np.bincount(plan.want * 7 + wants.days[own], minlength=7 * wants.count)
    full = (a_day[want * 7 + wants.days] >= wants.a_day[want]) & (
        wants.a_day[want] < wants.lessons[want]
    )
    state = np.where(some, TAKEN, NOT_OPEN)
    state = np.where(full, ONE_A_DAY, state)
    state[own] = OWN
    wanted.state[edges] = state
