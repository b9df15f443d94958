"""Which half-hours may still be taken now."""

from datetime import UTC, datetime, timedelta

import pytest

from yueke.booking.rules.start_now import half_hours_of_now

RUNNING = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
NEXT = RUNNING + timedelta(minutes=30)


@pytest.mark.parametrize(
    ("minutes", "free"),
    [
        (0, [RUNNING, NEXT]),
        (5, [RUNNING, NEXT]),
        (5.1, [NEXT]),
        (25, [NEXT]),
        (25.1, []),
        (29.9, []),
    ],
)
def test_the_running_half_hour_for_five_minutes_and_the_next_until_five_before_it(
    minutes: float, free: list[datetime]
) -> None:
    now = RUNNING + timedelta(minutes=minutes)
    found = half_hours_of_now(now, into_minutes=5, before_minutes=5)
    assert list(found) == free
    assert all(now <= until for until in found.values())


def test_both_minutes_are_given() -> None:
    now = RUNNING + timedelta(minutes=8)
    assert list(half_hours_of_now(now, into_minutes=10, before_minutes=23)) == [RUNNING]
