"""How large the demo company is: the seed's numbers of 2018-11-05, times a scale."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import isfinite

import numpy as np

from yueke.cli.cannot_run import CannotRun
from yueke.cli.demo.columns import Ints
from yueke.cli.demo.tables import rows

LEARNERS = 525 + 1607
LEARNERS_MAX = 700_000
TEACHERS = 76 + 481
TEACHERS_MAX = 100_000
# A teacher's week has 140 half-hours by day; the busiest teacher gets three times the mean.
SLOTS_PER_TEACHER_MAX = 30


@dataclass(frozen=True, kw_only=True)
class Staffing:
    """The teachers of one kind of lesson, their slots a week, and how many are booked."""

    teachers: int
    slots: int
    booked: int


@dataclass(frozen=True, kw_only=True)
class Size:
    """What is to be made. `only_open`: open slots of the coming week, and no lessons."""

    one_to_one: int
    batches: tuple[int, ...]
    credit_classes: tuple[int, ...]
    aliases: int
    singles: Staffing
    fours: Staffing
    only_open: bool = False

    @property
    def one_to_four(self) -> int:
        """Learners in batches."""
        return sum(self.batches)

    @property
    def learners(self) -> int:
        """Learners, without alias accounts."""
        return self.one_to_one + self.one_to_four

    @property
    def teachers(self) -> int:
        """Teachers of both kinds."""
        return self.singles.teachers + self.fours.teachers


def decide_size(
    *,
    scale: float = 1,
    learners: int | None = None,
    teachers: int | None = None,
    open_slots: int | None = None,
) -> Size:
    """Return the seed's company grown `scale` times, or to the numbers given."""
    if not isfinite(LEARNERS * scale):
        raise CannotRun(f"--scale {scale} is no size of a company: 1 is the seed's.")
    learners = learners or min(round(LEARNERS * scale), LEARNERS_MAX)
    teachers = teachers or min(round(TEACHERS * scale), TEACHERS_MAX)
    _check(learners, teachers, open_slots)
    one_to_one, one_to_four = apportion(learners, [525, 1607])
    with_credits, _ = apportion(one_to_four, [1551, 56])
    # 58.2 % of 1,615 slots a week are booked, and 27.2 % of 7,642.
    groups = apportion(teachers, [76, 481])
    slots = [round(1615 * groups[0] / 76), round(7642 * groups[1] / 481)]
    booked = [round(slots[0] * 0.582), round(slots[1] * 0.272)]
    if open_slots is not None:
        slots, booked = apportion(open_slots, [1615, 7642]), [0, 0]
    singles, fours = (
        Staffing(teachers=group, slots=offered, booked=used)
        for group, offered, used in zip(groups, slots, booked, strict=True)
    )
    return Size(
        one_to_one=one_to_one,
        batches=tuple(apportion(one_to_four, _learners_of("batches"))),
        credit_classes=tuple(apportion(with_credits, _learners_of("credit_classes"))),
        aliases=round(learners * 500 / LEARNERS),
        singles=singles,
        fours=fours,
        only_open=open_slots is not None,
    )


def apportion(total: int, weights: Sequence[float] | Ints) -> list[int]:
    """Split a whole number by weights, the largest remainders rounded up."""
    exact = total * np.asarray(weights, float) / np.sum(weights)
    shares = np.floor(exact).astype(np.int64)
    missing = total - int(shares.sum())
    shares[np.argsort(shares - exact, kind="stable")[:missing]] += 1
    return [int(share) for share in shares]


def _learners_of(table: str) -> list[int]:
    return [int(row["learners"]) for row in rows(table)]


def _check(learners: int, teachers: int, open_slots: int | None) -> None:
    if not 10 <= learners <= LEARNERS_MAX:
        raise CannotRun(f"The demo company has between 10 and {LEARNERS_MAX:,} learners.")
    if not 10 <= teachers <= TEACHERS_MAX:
        raise CannotRun(f"The demo company has between 10 and {TEACHERS_MAX:,} teachers.")
    if open_slots is not None and not teachers <= open_slots <= teachers * SLOTS_PER_TEACHER_MAX:
        raise CannotRun(
            f"{teachers:,} teachers can offer between {teachers:,} and "
            f"{teachers * SLOTS_PER_TEACHER_MAX:,} slots a week: choose --open-slots or "
            "--teachers accordingly."
        )
