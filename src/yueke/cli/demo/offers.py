"""What teachers offer: a weekly pattern each, and which of its half-hours are booked."""

from dataclasses import dataclass

import numpy as np

from yueke.cli.demo.columns import Flags, Floats, Ints
from yueke.cli.demo.size import Size, Staffing, apportion
from yueke.cli.demo.teachers import Teachers
from yueke.cli.demo.weeks import Weeks

# The matrix of teachers by half-hours is made in pieces of so many teachers.
_TEACHERS_AT_A_TIME = 10_000
# Time is offered by the stretch: a day or two hours are liked or not as a whole.
_DAY_CELLS = 34
_STRETCH_CELLS = 4


@dataclass(frozen=True, kw_only=True)
class Offers:
    """One row a weekly half-hour of a teacher: places in their tables, and the kind of lesson."""

    teacher: Ints
    cell: Ints
    in_fours: Flags


def make(*, size: Size, teachers: Teachers, weeks: Weeks, rng: np.random.Generator) -> Offers:
    """Give every teacher a weekly pattern that sums to the seed's number of slots."""
    wanted = np.concatenate([_spread(size.singles, rng), _spread(size.fours, rng)])
    liking = np.log(weeks.demand)
    possible = weeks.teachable()
    found = []
    for first in range(0, teachers.count, _TEACHERS_AT_A_TIME):
        some = slice(first, first + _TEACHERS_AT_A_TIME)
        scores = _scores(liking, wanted[some].size, rng)
        scores[~possible[teachers.zones[some]]] = -np.inf
        order = np.argsort(-scores, axis=1)
        chosen = np.zeros(scores.shape, bool)
        within = np.arange(scores.shape[1]) < wanted[some][:, None]
        np.put_along_axis(chosen, order, within, axis=1)
        teacher, cell = np.nonzero(chosen)
        found.append((teacher + first, cell))
    teacher = np.concatenate([t for t, _ in found])
    cell = np.concatenate([c for _, c in found])
    return Offers(teacher=teacher, cell=cell, in_fours=teacher >= size.singles.teachers)


def choose_booked(
    *, size: Size, offers: Offers, weeks: Weeks, fullness: float, rng: np.random.Generator
) -> Ints:
    """Return the places of offers that are booked in a week so full, evenings first."""
    liking = np.log(weeks.demand)[offers.cell] + rng.gumbel(size=len(offers.cell))
    found = []
    for staffing, mine in ((size.singles, ~offers.in_fours), (size.fours, offers.in_fours)):
        places = np.flatnonzero(mine)
        best = places[np.argsort(-liking[places])]
        found.append(np.sort(best[: round(staffing.booked * fullness)]))
    return np.concatenate(found)


def _spread(staffing: Staffing, rng: np.random.Generator) -> Ints:
    """Say how many slots a week each teacher has: at least a few, at most three times the mean."""
    if not staffing.teachers:
        return np.zeros(0, np.int64)
    least = min(4, staffing.slots // staffing.teachers)
    weights = rng.gamma(4, size=staffing.teachers)
    weights = np.minimum(weights, 3 * weights.mean())
    rest = staffing.slots - least * staffing.teachers
    return least + np.array(apportion(rest, weights))


def _scores(liking: Floats, teachers: int, rng: np.random.Generator) -> Floats:
    cells = len(liking)
    days = rng.gumbel(size=(teachers, -(-cells // _DAY_CELLS))).repeat(_DAY_CELLS, axis=1)
    stretches = rng.gumbel(size=(teachers, -(-cells // _STRETCH_CELLS)))
    scores: Floats = (
        liking
        + days[:, :cells]
        + stretches.repeat(_STRETCH_CELLS, axis=1)[:, :cells]
        + rng.random((teachers, cells))
    )
    return scores
