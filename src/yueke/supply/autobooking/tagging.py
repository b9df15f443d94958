"""Teachers with liked tags, where nobody in particular was to teach."""

from collections import defaultdict

import numpy as np

from yueke.kernel.arrays import Numbers
from yueke.supply.autobooking.planned import ANY_ONE, ONLY_ONE, TAGGED, Planned
from yueke.supply.autobooking.reading import WeekFacts
from yueke.supply.autobooking.supply import Board


def give_tagged(facts: WeekFacts, board: Board, planned: Planned, rows: Numbers) -> None:
    """Exchange teachers for free ones at the same time with the rule's tags, most liked first.

    Only lessons of one half-hour are looked at, and only teachers who were nobody in particular.
    `rows` are the lessons' half-hours, and are changed with the plan.
    """
    tags = defaultdict[int, list[int]](list)
    owners = np.searchsorted(facts.rules["id"], facts.rule_tags["rule"])
    for rule, tag in zip(owners.tolist(), facts.rule_tags["tag"].tolist(), strict=True):
        tags[rule].append(tag)
    if not tags:
        return
    free, has = _free(facts, board, planned.cell), _tags_of(facts, board)
    lengths = {rule: facts.products[int(facts.rules["product"][rule])].cells for rule in tags}
    for place in np.flatnonzero(np.isin(planned.why, (ANY_ONE, ONLY_ONE))).tolist():
        rule = int(planned.rule[place])
        liked = tags.get(rule, [])
        _give(
            facts, board, planned, rows, place, liked if lengths.get(rule) == 1 else [], free, has
        )


def _give(
    facts: WeekFacts,
    board: Board,
    planned: Planned,
    rows: Numbers,
    place: int,
    liked: list[int],
    free: dict[tuple[int, int], list[int]],
    has: set[tuple[int, int]],
) -> None:
    rule, cell = int(planned.rule[place]), int(planned.cell[place])
    product, level = facts.rules["product"][rule], facts.rules["level"][rule]
    skill = facts.skills.index(f"{facts.products[int(product)].code}:{int(level)}")
    old = int(rows[place])
    for spot, tag in enumerate(liked):
        row = old if (int(board.teacher[old]), tag) in has else -1
        for other in free.get((cell, tag), ()) if row < 0 else ():
            suits = board.may[board.teacher[other], skill] and board.product[other] in (0, product)
            if board.left[other] and suits:
                row = other
                break
        if row >= 0:
            board.left[old], board.left[row] = True, False
            rows[place] = row
            planned.teacher[place] = board.ids[board.teacher[row]]
            planned.why[place], planned.place[place] = TAGGED, spot
            return


def _free(facts: WeekFacts, board: Board, cells: Numbers) -> dict[tuple[int, int], list[int]]:
    """Return what is left of these half-hours by cell and tag of the teacher, best rated first."""
    found = defaultdict[tuple[int, int], list[int]](list)
    teacher = np.searchsorted(board.ids, facts.tagged["teacher"])
    is_here = np.isin(facts.tagged["teacher"], board.ids)
    rows = np.flatnonzero(board.left & (board.learner == 0) & np.isin(board.cell, cells))
    rows = rows[np.argsort(board.teacher[rows], kind="stable")]
    begins = np.searchsorted(board.teacher[rows], np.arange(len(board.ids) + 1))
    pairs = zip(teacher[is_here].tolist(), facts.tagged["tag"][is_here].tolist(), strict=True)
    for who, tag in pairs:
        for row in rows[begins[who] : begins[who + 1]].tolist():
            found[int(board.cell[row]), tag].append(row)
    for some in found.values():
        some.sort(key=lambda row: -int(board.rating[row]))
    return found


def _tags_of(facts: WeekFacts, board: Board) -> set[tuple[int, int]]:
    is_here = np.isin(facts.tagged["teacher"], board.ids)
    teacher = np.searchsorted(board.ids, facts.tagged["teacher"][is_here])
    return set(zip(teacher.tolist(), facts.tagged["tag"][is_here].tolist(), strict=True))
