"""The demo company before it is written: repeatable, and right across DST."""

from dataclasses import fields, is_dataclass
from datetime import UTC, datetime
from typing import Any

import numpy as np
import pytest

from yueke.cli.cannot_run import CannotRun
from yueke.cli.demo import company
from yueke.cli.demo.size import apportion, decide_size
from yueke.cli.demo.tables import rows
from yueke.cli.demo.weeks import Weeks

NOW = datetime(2026, 10, 20, 9, 0, tzinfo=UTC)
SMALL = decide_size(scale=0.2)
ZONES = [row["zone"] for row in rows("zones")]


def arrays(thing: Any) -> list[np.ndarray[Any, Any]]:
    """Return every array of a dataclass, however deep."""
    found = []
    for field in fields(thing):
        value = getattr(thing, field.name)
        if isinstance(value, np.ndarray):
            found.append(value)
        elif is_dataclass(value) and not isinstance(value, Weeks):
            found += arrays(value)
    return found


def is_same(one: company.Company, other: company.Company) -> bool:
    pairs = zip(arrays(one), arrays(other), strict=True)
    return all(
        a.shape == b.shape and bool(((a == b) | (a != a)).all())  # noqa: PLR0124  NaT is no NaT
        for a, b in pairs
    )


def test_the_same_seed_makes_the_same_company() -> None:
    first = company.make(size=SMALL, seed=5, now=NOW)
    assert is_same(first, company.make(size=SMALL, seed=5, now=NOW))
    assert not is_same(first, company.make(size=SMALL, seed=6, now=NOW))


def test_nobody_is_in_two_places_at_once() -> None:
    made = company.make(size=SMALL, seed=1, now=NOW)
    seats = list(zip(made.seats.learner, made.lessons.starts[made.seats.lesson], strict=True))
    assert len(set(seats)) == len(seats)
    teacher = made.offers.teacher[made.lessons.offer]
    lessons = list(zip(teacher, made.lessons.starts, strict=True))
    assert len(set(lessons)) == len(lessons)


def test_new_york_moves_by_an_hour_in_utc_when_dst_ends_and_beijing_does_not() -> None:
    weeks = Weeks(NOW)
    hour = np.timedelta64(1, "h")
    # DST ends in New York on 2026-11-01, which is in the second week after this one.
    ahead = weeks.starts(2) - weeks.starts(0) - 14 * np.timedelta64(1, "D")
    evenings = np.array([wall.hour == 20 and wall.weekday() == 2 for wall in weeks.walls])
    assert set(ahead[ZONES.index("America/New_York")][evenings]) == {hour}
    assert set(ahead[ZONES.index("Asia/Shanghai")]) == {0 * hour}
    # In Sydney it began on 2026-10-04, in London it ends on 2026-10-25.
    assert set(ahead[ZONES.index("Australia/Sydney")]) == {0 * hour}
    assert set(ahead[ZONES.index("Europe/London")][evenings]) == {hour}


def test_no_teacher_is_up_at_night() -> None:
    weeks = Weeks(NOW)
    teachable = weeks.teachable()
    evening = next(n for n, wall in enumerate(weeks.walls) if wall.hour == 19)
    assert teachable[ZONES.index("America/New_York"), evening]
    assert not teachable[ZONES.index("America/Los_Angeles"), evening]


@pytest.mark.parametrize(("total", "weights"), [(10, [1, 1, 1]), (7, [3, 0, 1]), (0, [1, 2])])
def test_shares_sum_to_the_whole(total: int, weights: list[int]) -> None:
    shares = apportion(total, weights)
    assert sum(shares) == total
    assert all(share >= 0 for share in shares)


def test_the_top_is_700_000_learners_and_100_000_teachers() -> None:
    size = decide_size(scale=1000)
    assert (size.learners, size.teachers) == (700_000, 100_000)
    assert sum(size.batches) == size.one_to_four


@pytest.mark.parametrize(
    "asked",
    [
        {"scale": 0.001},
        {"scale": float("nan")},
        {"scale": float("inf")},
        {"scale": 1e308},
        {"scale": -1},
        {"learners": 700_001},
        {"teachers": 100_001},
        {"teachers": 10, "open_slots": 301},
    ],
)
def test_a_company_that_cannot_be_is_refused(asked: dict[str, Any]) -> None:
    with pytest.raises(CannotRun):
        decide_size(**asked)
