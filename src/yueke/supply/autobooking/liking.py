"""Which teachers a rule likes, and why a lesson has the one it has."""

import numpy as np

from yueke.kernel.arrays import Numbers
from yueke.supply.autobooking.planned import (
    ANY_ONE,
    KEPT,
    KNOWN,
    LISTED,
    ONLY_ONE,
    Planned,
)
from yueke.supply.autobooking.reading import WeekFacts
from yueke.supply.autobooking.solver.problem import Ints, Plan, ints
from yueke.supply.autobooking.supply import Board
from yueke.supply.autobooking.tagging import give_tagged


def teachers_of(facts: WeekFacts, board: Board, rules: Numbers) -> tuple[Ints, Ints]:
    """Return the teachers that rules like, cut by rule, as places in `board.ids`.

    First those that are listed, then those whom the learner has met most.
    """
    rule, teacher, _ = _liked(facts, rules)
    place = np.searchsorted(board.ids, teacher)
    is_here = np.isin(teacher, board.ids)
    sizes = np.bincount(rule[is_here], minlength=len(rules))
    return ints(np.concatenate([[0], np.cumsum(sizes)])), ints(place[is_here])


def told(
    facts: WeekFacts, board: Board, rules: Numbers, edges: Numbers, plan: Plan, rows: Numbers
) -> Planned:
    """Return a group's plan as lessons that say why each has its teacher.

    `edges` are the lessons' times among those of all rules, `rows` the board's rows of offers.
    """
    mine = rows[plan.offer]
    rule = rules[plan.want]
    first = np.concatenate([[0], np.cumsum(facts.rules["times"])])
    why = np.where(plan.choices > 1, ANY_ONE, ONLY_ONE)
    why = np.where(board.learner[mine] > 0, KEPT, why)
    place = np.zeros(len(mine), np.int64)
    _name_liked(facts, board, rules, plan, mine, why, place)
    found = Planned(
        rule=rule,
        time=edges - first[rule],
        cell=board.cell[mine],
        teacher=board.ids[board.teacher[mine]],
        why=why,
        place=place,
        choices=plan.choices.astype(np.int64),
    )
    give_tagged(facts, board, found, mine)
    return found


def _name_liked(
    facts: WeekFacts,
    board: Board,
    rules: Numbers,
    plan: Plan,
    mine: Numbers,
    why: Numbers,
    place: Numbers,
) -> None:
    """Say of lessons with a liked teacher whether they are listed or known, and where."""
    rule, teacher, listed = _liked(facts, rules)
    is_here = np.isin(teacher, board.ids)
    rule, listed = rule[is_here], listed[is_here]
    begins = np.searchsorted(rule, np.arange(len(rules)))
    liked = np.flatnonzero(plan.rank >= 0)
    spot = begins[plan.want[liked]] + plan.rank[liked]
    why[liked] = np.where(listed[spot] >= 0, LISTED, KNOWN)
    place[liked] = np.maximum(listed[spot], 0)


def _liked(facts: WeekFacts, rules: Numbers) -> tuple[Numbers, Numbers, Numbers]:
    """Return rule (its place in `rules`), teacher, and the place in the rule's list or -1."""
    counts = facts.rules["teachers"]
    owner = np.repeat(np.arange(len(counts)), counts)
    begins = np.concatenate([[0], np.cumsum(counts)])[:-1]
    spot = np.arange(len(owner)) - begins[owner]
    chosen = np.isin(owner, rules)
    listed = np.searchsorted(rules, owner[chosen])
    known_rule, known_teacher = _known(facts, rules)
    rule = np.concatenate([listed, known_rule])
    teacher = np.concatenate([facts.teachers[chosen], known_teacher])
    place = np.concatenate([spot[chosen], np.full(len(known_rule), -1)])
    numbers, alike = np.unique(teacher, return_inverse=True)
    _, sample = np.unique(rule * len(numbers) + alike.reshape(-1), return_index=True)
    sample = np.sort(sample)
    order = sample[np.argsort(rule[sample], kind="stable")]
    return rule[order], teacher[order], place[order]


def _known(facts: WeekFacts, rules: Numbers) -> tuple[Numbers, Numbers]:
    """Return the teachers whom the learners of rules have met, by rule; a learner has one here."""
    learner = facts.rules["learner"][rules]
    order = np.argsort(learner)
    spot = np.searchsorted(learner[order], facts.known["learner"])
    is_here = np.isin(facts.known["learner"], learner)
    return order[spot[is_here]], facts.known["teacher"][is_here]
