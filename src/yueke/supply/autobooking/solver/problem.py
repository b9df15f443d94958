"""What is wanted, what is offered, and what was decided, as arrays."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int32]
Flags = NDArray[np.bool_]


@dataclass(frozen=True, kw_only=True)
class Wants:
    """One row a learner's rule; `first` has one more, and cuts what follows into the rows' own.

    `lessons` are wanted, of what `klass` stands for, at most `a_day` of them on one day; a higher
    `tier` is served first. `cells` are acceptable half-hours, each on a `days`, and `liked`
    teachers: both the most liked first.
    """

    lessons: Ints
    klass: Ints
    a_day: Ints
    tier: Ints
    first: Ints
    cells: Ints
    days: Ints
    liked_first: Ints
    liked: Ints

    @property
    def count(self) -> int:
        """How many rows."""
        return len(self.lessons)


@dataclass(frozen=True, kw_only=True)
class Offers:
    """One row an open half-hour, by teacher and cell; `teaches[klass, profile]` says who may what.

    `kept_for` is the want whose alone it is, or -1. Of two that serve alike the one with the
    lower `order` is taken.
    """

    teacher: Ints
    cell: Ints
    profile: Ints
    kept_for: Ints
    order: Ints
    teaches: Flags
    cells: int

    @property
    def count(self) -> int:
        """How many rows."""
        return len(self.teacher)


@dataclass(frozen=True, kw_only=True)
class Plan:
    """One row a lesson: its want, the place of its time in `Wants.cells`, and its offer.

    `rank` is the place of the teacher among those the want likes, or -1; `choices` how many
    offers at that time, its own with them, nobody else was given.
    """

    want: Ints
    place: Ints
    offer: Ints
    rank: Ints
    choices: Ints


def ints(values: object) -> Ints:
    """Return an array of the one width that compiled loops are made for."""
    return np.ascontiguousarray(values, dtype=np.int32)
