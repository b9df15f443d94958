"""What teachers offer in a week, as one group of lessons of one length may take it."""

from dataclasses import dataclass

import numpy as np

from yueke.kernel.arrays import Numbers
from yueke.people.models import RATING_MAX
from yueke.supply.autobooking.reading import WeekFacts
from yueke.supply.autobooking.solver.problem import Flags, Offers, ints


@dataclass(frozen=True, kw_only=True)
class Board:
    """A week's open half-hours by teacher and cell, each a row; `teacher` is a place in `ids`.

    `may[place, skill]` says who teaches what, `skill_product` which product a skill is of, `left`
    which half-hours nobody has been given yet.
    """

    ids: Numbers
    may: Flags
    skill_product: Numbers
    teacher: Numbers
    cell: Numbers
    product: Numbers
    learner: Numbers
    rating: Numbers
    left: Flags


def read_board(facts: WeekFacts) -> Board:
    """Lay out the slots of teachers who teach anything that is wanted."""
    ids = np.unique(facts.teaches["teacher"])
    may = np.zeros((len(ids), len(facts.skills)), np.bool_)
    may[np.searchsorted(ids, facts.teaches["teacher"]), facts.teaches["skill"]] = True
    codes = {product.code: product.id for product in facts.products.values()}
    slots = facts.slots
    place = np.searchsorted(ids, slots["teacher"])
    rows = np.flatnonzero(np.isin(slots["teacher"], ids))
    order = rows[np.lexsort((slots["cell"][rows], place[rows]))]
    return Board(
        ids=ids,
        may=may,
        skill_product=np.array([codes[skill.split(":")[0]] for skill in facts.skills], np.int64),
        teacher=place[order],
        cell=slots["cell"][order],
        product=slots["product"][order],
        learner=slots["learner"][order],
        rating=slots["rating"][order],
        left=np.ones(len(order), np.bool_),
    )


def starts_of(board: Board, *, length: int, skills: Numbers, asked: Numbers) -> Numbers:
    """Return the rows at which a lesson of so many half-hours may begin, none across another.

    Of starts that overlap, those at cells `asked` more often are kept; with one half-hour, all.
    """
    teachers = np.asarray(board.may[:, skills].any(axis=1))
    useful = board.left & teachers[board.teacher]
    rows = np.flatnonzero(useful)
    if length == 1:
        return rows
    for step in range(1, length):
        ends = np.minimum(rows + step, len(board.left) - 1)
        rows = rows[_follows(board, rows, ends, step) & useful[ends]]
    used = np.zeros(len(board.left) + length, np.bool_)
    chosen = []
    for row in rows[np.argsort(-asked[board.cell[rows]], kind="stable")].tolist():
        if not used[row : row + length].any():
            used[row : row + length] = True
            chosen.append(row)
    return np.array(sorted(chosen), np.int64)


def _follows(board: Board, rows: Numbers, ends: Numbers, step: int) -> Flags:
    same: Flags = (
        (board.teacher[ends] == board.teacher[rows])
        & (board.cell[ends] == board.cell[rows] + step)
        & (board.product[ends] == board.product[rows])
        & (board.learner[ends] == board.learner[rows])
    )
    return same


def offers_of(
    board: Board, rows: Numbers, *, skills: Numbers, cells: int, want_of: dict[int, tuple[int, int]]
) -> Offers:
    """Return offers that begin at these rows; a klass is a place in `skills`.

    `want_of` gives a learner's want and its klass, for the half-hours kept for one learner.
    """
    if not len(rows):
        return _nothing(len(skills), cells)
    teacher, product = board.teacher[rows], board.product[rows]
    kept, is_kept = _kept_for(board, rows, skills, want_of), board.learner[rows] > 0
    may = board.may[:, skills]
    _, alike = np.unique(np.packbits(may, axis=1), axis=0, return_inverse=True)
    key = np.where(is_kept, -1, alike.reshape(-1)[teacher] * (np.int64(1) << 40) + product)
    _, sample, profile = np.unique(key, return_index=True, return_inverse=True)
    fits = (product[sample, None] == 0) | (product[sample, None] == board.skill_product[skills])
    teaches = may[teacher[sample]] & fits & ~is_kept[sample, None]
    # The narrowest first, so that whoever can teach much is kept for what few can.
    narrow = np.argsort(teaches.sum(axis=1), kind="stable")
    return Offers(
        teacher=ints(teacher),
        cell=ints(board.cell[rows]),
        profile=ints(np.argsort(narrow)[profile.reshape(-1)]),
        kept_for=ints(kept),
        order=ints(RATING_MAX - board.rating[rows]),
        teaches=np.ascontiguousarray(teaches[narrow].T),
        cells=cells,
    )


def _kept_for(
    board: Board, rows: Numbers, skills: Numbers, want_of: dict[int, tuple[int, int]]
) -> Numbers:
    kept = np.full(len(rows), -1)
    for place in np.flatnonzero(board.learner[rows] > 0).tolist():
        want, klass = want_of.get(int(board.learner[rows[place]]), (-1, -1))
        if want >= 0 and board.may[board.teacher[rows[place]], skills[klass]]:
            kept[place] = want
    return kept


def _nothing(classes: int, cells: int) -> Offers:
    """Return that nobody offers anything."""
    none = ints([])
    return Offers(
        teacher=none,
        cell=none,
        profile=none,
        kept_for=none,
        order=none,
        teaches=np.zeros((classes, 1), np.bool_),
        cells=cells,
    )
