"""The half-hour grid: which instants lie on it, and the cells between two of them."""

from datetime import UTC, datetime, timedelta, timezone
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yueke.kernel import grid

NOON = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)
INSTANTS = st.integers(0, 4_000_000_000_000_000).map(
    lambda microseconds: datetime(1990, 1, 1, tzinfo=UTC) + timedelta(microseconds=microseconds)
)
KATHMANDU = timezone(timedelta(hours=5, minutes=45))


@pytest.mark.parametrize("minutes", [0, 30, 60, -30])
def test_whole_half_hours_are_on_the_grid(minutes: int) -> None:
    assert grid.is_on_grid(NOON + timedelta(minutes=minutes))


@pytest.mark.parametrize(
    "off",
    [
        timedelta(minutes=1),
        timedelta(minutes=29),
        timedelta(seconds=1),
        timedelta(microseconds=1),
        timedelta(microseconds=-1),
    ],
)
def test_anything_else_is_not(off: timedelta) -> None:
    assert not grid.is_on_grid(NOON + off)


def test_the_grid_is_that_of_utc_whatever_the_offset_an_instant_is_written_with() -> None:
    assert not grid.is_on_grid(datetime(2026, 3, 2, 18, 0, tzinfo=KATHMANDU))
    assert grid.is_on_grid(datetime(2026, 3, 2, 18, 15, tzinfo=KATHMANDU))


@given(INSTANTS)
def test_the_floor_is_on_the_grid_and_less_than_half_an_hour_before(instant: datetime) -> None:
    floor = grid.floor(instant)
    assert grid.is_on_grid(floor)
    assert timedelta(0) <= instant - floor < grid.HALF_HOUR


def test_the_floor_of_an_odd_zone_is_on_the_grid_of_utc() -> None:
    assert grid.floor(datetime(2026, 3, 2, 18, 0, tzinfo=KATHMANDU)) == NOON


@given(INSTANTS, st.timedeltas(timedelta(0), timedelta(hours=9)))
def test_cells_between_lie_whole_inside_the_range_and_leave_none_out(
    begin: datetime, length: timedelta
) -> None:
    end = begin + length
    cells = list(grid.cells_between(begin, end))
    assert all(begin <= cell and cell + grid.HALF_HOUR <= end for cell in cells)
    assert all(later - cell == grid.HALF_HOUR for cell, later in pairwise(cells))
    if cells:
        assert cells[0] - begin < grid.HALF_HOUR
        assert end - cells[-1] < 2 * grid.HALF_HOUR
    else:
        assert length < 2 * grid.HALF_HOUR


def test_cells_of_a_longer_lesson_follow_each_other() -> None:
    assert grid.cells_of(NOON, 1) == (NOON,)
    assert grid.cells_of(NOON, 3) == (
        NOON,
        NOON + timedelta(minutes=30),
        NOON + timedelta(minutes=60),
    )


def test_an_instant_is_shown_in_utc() -> None:
    assert (
        grid.show_instant(datetime(2026, 3, 2, 18, 0, tzinfo=KATHMANDU)) == "2026-03-02T12:15:00Z"
    )
