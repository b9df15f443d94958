"""The demo company as arrays, made from a seed before anything is written."""

from dataclasses import dataclass
from datetime import datetime

import numpy as np

from yueke.cli.demo import learners, lessons, offers, teachers, wallets
from yueke.cli.demo.learners import Families, Learners
from yueke.cli.demo.lessons import Lessons, Seats
from yueke.cli.demo.offers import Offers
from yueke.cli.demo.size import Size
from yueke.cli.demo.teachers import Teachers
from yueke.cli.demo.wallets import Lots
from yueke.cli.demo.weeks import COMING, FULLNESS, Weeks, instant


@dataclass(frozen=True, kw_only=True)
class Company:
    """Everybody, and everything they have and do. Rows refer to each other by place."""

    size: Size
    weeks: Weeks
    families: Families
    learners: Learners
    teachers: Teachers
    offers: Offers
    lessons: Lessons
    seats: Seats
    lots: Lots

    @property
    def offered_weeks(self) -> tuple[int, ...]:
        """Weeks from this one in which the weekly patterns are offered."""
        return (COMING,) if self.size.only_open else tuple(FULLNESS)

    @property
    def slots(self) -> int:
        """Slots of all weeks."""
        return len(self.offers.cell) * len(self.offered_weeks)


def make(*, size: Size, seed: int, now: datetime) -> Company:
    """Make the company of a seed in the weeks around `now`; the same for a seed on each day."""
    weeks = Weeks(now)
    streams = [np.random.default_rng([seed, part]) for part in range(5)]
    families, pupils = learners.make(size=size, rng=streams[0])
    staff = teachers.make(size=size, rng=streams[1])
    patterns = offers.make(size=size, teachers=staff, weeks=weeks, rng=streams[2])
    booked, seats = lessons.make(
        size=size, learners=pupils, teachers=staff, offers=patterns, weeks=weeks, rng=streams[3]
    )
    lots = wallets.make(
        size=size,
        learners=pupils,
        seats_of=np.bincount(seats.learner, minlength=pupils.count),
        now=instant(now),
        rng=streams[4],
    )
    return Company(
        size=size,
        weeks=weeks,
        families=families,
        learners=pupils,
        teachers=staff,
        offers=patterns,
        lessons=booked,
        seats=seats,
        lots=lots,
    )
