"""Runs take turns in a process."""

from yueke.supply.runs.turns import turn


def test_one_run_at_a_time_and_the_next_when_it_is_over() -> None:
    with turn() as first, turn() as second:
        assert (first, second) == (True, False)
    with turn() as third:
        assert third
