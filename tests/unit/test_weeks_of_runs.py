"""Weeks as a market's calendar has them, and when their runs are due."""

from datetime import UTC, date, datetime, time

import pytest

from yueke.supply.runs.weeks import Week, due_week, next_week

AT = time(12, 3)
NEW_YORK = "America/New_York"


def utc(text: str) -> datetime:
    """Return an instant written in UTC."""
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    ("monday", "cells"),
    [(date(2026, 3, 2), 334), (date(2026, 3, 9), 336), (date(2026, 10, 26), 338)],
)
def test_a_week_is_as_long_as_its_clock_makes_it(monday: date, cells: int) -> None:
    assert Week(monday, NEW_YORK).cells == cells
    assert Week(monday, "Asia/Shanghai").cells == 336


def test_the_hour_that_the_clock_leaves_out_has_no_cell_and_those_after_it_come_sooner() -> None:
    # On Sunday 8 March 2026 the clock goes from 02:00 to 03:00.
    week = Week(date(2026, 3, 2), NEW_YORK)
    sunday = 6 * 48
    assert week.cells == 334
    assert week.cell_of(sunday + 3) == sunday + 3
    assert [week.cell_of(sunday + half) for half in (4, 5)] == [-1, -1]
    assert week.cell_of(sunday + 6) == sunday + 4
    assert week.at(week.cell_of(sunday + 38)) == utc("2026-03-08T23:00")


@pytest.mark.parametrize(
    ("now", "week"),
    [
        ("2026-03-09T04:02", None),
        ("2026-03-09T04:03", date(2026, 3, 16)),
        ("2026-03-15T15:59", date(2026, 3, 16)),
        ("2026-03-15T16:00", None),
    ],
)
def test_a_run_is_due_from_monday_noon_until_its_week_begins(now: str, week: date | None) -> None:
    found = due_week(now=utc(now), zone="Asia/Shanghai", at=AT)
    assert (found.monday if found else None) == week


@pytest.mark.parametrize(("now", "due"), [("2026-03-09T16:02", False), ("2026-03-09T16:03", True)])
def test_across_a_change_of_clocks_it_is_due_by_the_wall_clock(now: str, due: bool) -> None:
    # The Monday after the clock went forward: 12:03 is an hour earlier in UTC than a week before.
    assert (due_week(now=utc(now), zone=NEW_YORK, at=AT) is not None) is due
    assert next_week(now=utc(now), zone=NEW_YORK).monday == date(2026, 3, 16)
