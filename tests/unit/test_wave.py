"""A wave of lessons over the half-hours in which teachers are open."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from yueke.supply.board.rules import spread

FIRST = datetime(2030, 1, 5, 10, tzinfo=UTC)


@given(st.integers(0, 300), st.lists(st.integers(0, 40), min_size=1, max_size=12))
def test_as_many_are_taught_as_there_are_teachers_and_never_more(
    count: int, teachers: list[int]
) -> None:
    able = {FIRST + timedelta(minutes=30 * place): n for place, n in enumerate(teachers)}
    outlook = spread(count, able)
    assert all(0 <= outlook.taken[at] <= able[at] for at in able)
    assert outlook.total == min(count, sum(teachers))
    assert outlook.total + outlook.missing == count


def test_it_is_spread_evenly_as_far_as_it_goes() -> None:
    able = {FIRST: 10, FIRST + timedelta(minutes=30): 10}
    assert list(spread(6, able).taken.values()) == [3, 3]
