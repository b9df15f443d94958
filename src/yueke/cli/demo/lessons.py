"""Lessons already booked, and who has a seat in them."""

from dataclasses import dataclass

import numpy as np

from yueke.cli.demo import offers as offered
from yueke.cli.demo.columns import DAY, HOUR, Flags, Floats, Instants, Ints, between
from yueke.cli.demo.learners import Learners
from yueke.cli.demo.offers import Offers
from yueke.cli.demo.size import Size
from yueke.cli.demo.teachers import Teachers
from yueke.cli.demo.weeks import FULLNESS, Weeks, instant

# Lessons in fours with one, two, three and four seats taken: about two lessons a week each.
_FILL: Floats = np.array([0.6, 0.27, 0.1, 0.03])


@dataclass(frozen=True, kw_only=True)
class Lessons:
    """One row a lesson: the week it is in, the offer it takes, its level and its start."""

    week: Ints
    offer: Ints
    level: Ints
    starts: Instants
    seats: Ints


@dataclass(frozen=True, kw_only=True)
class Seats:
    """One row a seat, in the order in which they were booked."""

    lesson: Ints
    learner: Ints
    booked_at: Instants


def make(
    *,
    size: Size,
    learners: Learners,
    teachers: Teachers,
    offers: Offers,
    weeks: Weeks,
    rng: np.random.Generator,
) -> tuple[Lessons, Seats]:
    """Book lessons week by week; nobody is in two places at once."""
    pools = _pools(size, learners)
    found = []
    for week, fullness in FULLNESS.items():
        booked = offered.choose_booked(
            size=size, offers=offers, weeks=weeks, fullness=fullness, rng=rng
        )
        teacher = offers.teacher[booked]
        fours = offers.in_fours[booked]
        filled = 1 + rng.choice(len(_FILL), size=len(booked), p=_FILL)
        planned = Lessons(
            week=np.full(len(booked), week),
            offer=booked,
            level=rng.integers(teachers.lowest[teacher], teachers.highest[teacher] + 1),
            starts=weeks.starts(week)[teachers.zones[teacher], offers.cell[booked]],
            seats=np.where(fours, filled, 1),
        )
        found.append(_seated(planned, fours, pools, rng))
    return _joined(found, weeks, rng)


def _pools(size: Size, learners: Learners) -> dict[tuple[bool, int], Ints]:
    """Return who may have seats, by kind of lesson and level; alias accounts have none."""
    four_levels = learners.four_levels[: size.learners]
    levels = np.where(four_levels < 0, learners.levels[: size.learners], -1)
    return {
        (in_fours, level): np.flatnonzero((four_levels if in_fours else levels) == level)
        for in_fours in (False, True)
        for level in range(1, 7)
    }


def _seated(
    planned: Lessons,
    fours: Flags,
    pools: dict[tuple[bool, int], Ints],
    rng: np.random.Generator,
) -> tuple[Lessons, Ints, Ints]:
    """Give seats to learners; a lesson that nobody can come to does not take place."""
    lesson = np.repeat(np.arange(len(planned.seats)), planned.seats)
    learner = np.full(len(lesson), -1)
    for (in_fours, level), pool in pools.items():
        mine = np.flatnonzero((planned.level[lesson] == level) & (fours[lesson] == in_fours))
        learner[mine] = _dealt(rng.permutation(pool), planned.starts[lesson[mine]])
    lesson, learner = lesson[learner >= 0], learner[learner >= 0]
    kept, lesson, seats = np.unique(lesson, return_inverse=True, return_counts=True)
    lessons = Lessons(
        week=planned.week[kept],
        offer=planned.offer[kept],
        level=planned.level[kept],
        starts=planned.starts[kept],
        seats=seats,
    )
    return lessons, lesson, learner


def _dealt(pool: Ints, starts: Instants) -> Ints:
    """Deal seats to a pool of learners in turn; a seat too many at one time gets -1.

    Seats of one time stand together, so that a learner's turn comes there at most once.
    """
    if not len(pool):
        return np.full(len(starts), -1)
    order = np.argsort(starts, kind="stable")
    sorted_starts = starts[order]
    place = np.arange(len(order))
    first_of_time = np.searchsorted(sorted_starts, sorted_starts)
    dealt = np.empty(len(order), np.int64)
    dealt[order] = np.where(place - first_of_time < len(pool), pool[place % len(pool)], -1)
    return dealt


def _joined(
    found: list[tuple[Lessons, Ints, Ints]], weeks: Weeks, rng: np.random.Generator
) -> tuple[Lessons, Seats]:
    before = np.cumsum([0] + [len(lessons.week) for lessons, _, _ in found])
    lessons = Lessons(
        week=np.concatenate([part.week for part, _, _ in found]),
        offer=np.concatenate([part.offer for part, _, _ in found]),
        level=np.concatenate([part.level for part, _, _ in found]),
        starts=np.concatenate([part.starts for part, _, _ in found]),
        seats=np.concatenate([part.seats for part, _, _ in found]),
    )
    lesson = np.concatenate(
        [part + first for (_, part, _), first in zip(found, before[:-1], strict=True)]
    )
    learner = np.concatenate([part for _, _, part in found])
    latest = np.minimum(lessons.starts[lesson], instant(weeks.now)) - 2 * HOUR
    booked_at = between(rng, latest - 12 * DAY, latest)
    order = np.argsort(booked_at, kind="stable")
    return lessons, Seats(lesson=lesson[order], learner=learner[order], booked_at=booked_at[order])
