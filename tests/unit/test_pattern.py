"""Weekly patterns on a teacher's wall clock, in the weeks when the clocks change."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yueke.inventory.refusals import PatternEmpty, ZoneUnknown
from yueke.inventory.rules import pattern
from yueke.inventory.rules.pattern import Stretch
from yueke.kernel.grid import HALF_HOUR

MONDAY, SATURDAY, SUNDAY = 0, 5, 6
EVENING = Stretch(MONDAY, time(19, 0), time(20, 0))


def utc(text: str) -> datetime:
    """Read an instant such as `2026-03-02 03:00`."""
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def expand(stretch: Stretch, *, zone: str, first: str, last: str) -> list[datetime]:
    """Expand one stretch between two days."""
    return pattern.expand(
        [stretch], zone=zone, first=date.fromisoformat(first), last=date.fromisoformat(last)
    )


@pytest.mark.parametrize(
    ("zone", "first", "last", "expected"),
    [
        # Clocks forward: seven o'clock in the evening comes an hour earlier in UTC.
        ("America/Los_Angeles", "2026-03-02", "2026-03-09",
         ["2026-03-03 03:00", "2026-03-10 02:00"]),
        ("America/New_York", "2026-03-02", "2026-03-09", ["2026-03-03 00:00", "2026-03-09 23:00"]),
        ("Europe/London", "2026-03-23", "2026-03-30", ["2026-03-23 19:00", "2026-03-30 18:00"]),
        ("Australia/Sydney", "2026-09-28", "2026-10-05", ["2026-09-28 09:00", "2026-10-05 08:00"]),
        # Clocks back: an hour later.
        ("America/Los_Angeles", "2026-10-26", "2026-11-02",
         ["2026-10-27 02:00", "2026-11-03 03:00"]),
        ("America/New_York", "2026-10-26", "2026-11-02", ["2026-10-26 23:00", "2026-11-03 00:00"]),
        ("Europe/London", "2026-10-19", "2026-10-26", ["2026-10-19 18:00", "2026-10-26 19:00"]),
        ("Australia/Sydney", "2026-03-30", "2026-04-06", ["2026-03-30 08:00", "2026-04-06 09:00"]),
        # No change at all.
        ("Asia/Shanghai", "2026-03-02", "2026-03-09", ["2026-03-02 11:00", "2026-03-09 11:00"]),
    ],
)  # fmt: skip
def test_a_weekly_evening_keeps_its_wall_clock_over_the_change(
    zone: str, first: str, last: str, expected: list[str]
) -> None:
    starts = expand(EVENING, zone=zone, first=first, last=last)
    begins = [utc(text) for text in expected]
    assert starts == [start + HALF_HOUR * step for start in begins for step in (0, 1)]
    wall = {start.astimezone(ZoneInfo(zone)).time() for start in starts}
    assert wall == {time(19, 0), time(19, 30)}


@pytest.mark.parametrize(
    ("zone", "day", "expected"),
    [
        # 02:00–03:00 is not on the clock that night.
        ("America/Los_Angeles", "2026-03-08", ["2026-03-08 09:30", "2026-03-08 10:00"]),
        ("America/New_York", "2026-03-08", ["2026-03-08 06:30", "2026-03-08 07:00"]),
        ("Australia/Sydney", "2026-10-04", ["2026-10-03 15:30", "2026-10-03 16:00"]),
    ],
)
def test_a_time_that_the_change_skips_has_no_half_hour(
    zone: str, day: str, expected: list[str]
) -> None:
    stretch = Stretch(SUNDAY, time(1, 30), time(3, 30))
    assert expand(stretch, zone=zone, first=day, last=day) == [utc(text) for text in expected]


@pytest.mark.parametrize(
    ("zone", "day", "expected"),
    [
        # 01:00–02:00 is twice on the clock that night; the first of each is offered.
        ("America/Los_Angeles", "2026-11-01",
         ["2026-11-01 07:30", "2026-11-01 08:00", "2026-11-01 08:30", "2026-11-01 10:00"]),
        ("Europe/London", "2026-10-25",
         ["2026-10-24 23:30", "2026-10-25 00:00", "2026-10-25 00:30", "2026-10-25 02:00"]),
    ],
)  # fmt: skip
def test_a_time_that_the_change_repeats_has_its_first(
    zone: str, day: str, expected: list[str]
) -> None:
    stretch = Stretch(SUNDAY, time(0, 30), time(2, 30))
    assert expand(stretch, zone=zone, first=day, last=day) == [utc(text) for text in expected]


def test_kathmandu_s_whole_hours_are_off_the_grid_and_its_quarters_on_it() -> None:
    whole = expand(EVENING, zone="Asia/Kathmandu", first="2026-03-02", last="2026-03-02")
    assert whole == [utc("2026-03-02 13:15"), utc("2026-03-02 13:45")]
    quarter = Stretch(MONDAY, time(19, 15), time(20, 15))
    on_grid = expand(quarter, zone="Asia/Kathmandu", first="2026-03-02", last="2026-03-02")
    assert on_grid == [utc("2026-03-02 13:30"), utc("2026-03-02 14:00")]


def test_a_stretch_may_end_at_midnight_or_after_it() -> None:
    until_midnight = Stretch(SATURDAY, time(23, 0), time(0, 0))
    assert len(expand(until_midnight, zone="UTC", first="2026-03-07", last="2026-03-07")) == 2
    beyond = Stretch(SATURDAY, time(23, 30), time(0, 30))
    assert expand(beyond, zone="UTC", first="2026-03-07", last="2026-03-07") == [
        utc("2026-03-07 23:30"),
        utc("2026-03-08 00:00"),
    ]


def test_overlapping_stretches_name_each_half_hour_once_and_in_order() -> None:
    stretches = [
        Stretch(MONDAY, time(10, 0), time(11, 0)),
        Stretch(MONDAY, time(9, 30), time(10, 30)),
    ]
    day = date(2026, 3, 2)
    starts = pattern.expand(stretches, zone="UTC", first=day, last=day)
    assert starts == [utc("2026-03-02 09:30"), utc("2026-03-02 10:00"), utc("2026-03-02 10:30")]


@pytest.mark.parametrize(
    ("stretch", "first", "last"),
    [
        (EVENING, "2026-03-03", "2026-03-08"),  # no Monday among them
        (EVENING, "2026-03-09", "2026-03-02"),  # ends before it begins
        (Stretch(MONDAY, time(9, 0), time(9, 20)), "2026-03-02", "2026-03-02"),  # too short
        (Stretch(SUNDAY, time(2, 0), time(3, 0)), "2026-03-08", "2026-03-08"),  # all skipped
    ],
)
def test_a_pattern_that_names_no_half_hour_is_refused(
    stretch: Stretch, first: str, last: str
) -> None:
    with pytest.raises(PatternEmpty):
        expand(stretch, zone="America/Los_Angeles", first=first, last=last)


@pytest.mark.parametrize("zone", ["Mars/Olympus", "", "../etc/passwd", "America"])
def test_a_zone_that_is_none_is_refused(zone: str) -> None:
    with pytest.raises(ZoneUnknown):
        expand(EVENING, zone=zone, first="2026-03-02", last="2026-03-02")


@given(
    zone=st.sampled_from(
        ["America/Los_Angeles", "America/New_York", "Europe/London", "Australia/Sydney"]
    ),
    first=st.dates(date(2024, 1, 1), date(2027, 12, 1)),
    days=st.integers(1, 28),
    stretches=st.lists(
        st.builds(
            Stretch,
            st.integers(0, 6),
            st.sampled_from([time(h, m) for h in range(24) for m in (0, 30)]),
            st.sampled_from([time(h, m) for h in range(24) for m in (0, 30)]),
        ),
        min_size=1,
        max_size=3,
    ),
)
def test_every_half_hour_is_on_the_wall_clock_as_asked(
    zone: str, first: date, days: int, stretches: list[Stretch]
) -> None:
    try:
        starts = pattern.expand(
            stretches, zone=zone, first=first, last=first + timedelta(days=days)
        )
    except PatternEmpty:
        return
    assert starts == sorted(set(starts))
    asked = {half_hour for stretch in stretches for half_hour in _wall_times(stretch)}
    walls = [start.astimezone(ZoneInfo(zone)) for start in starts]
    assert {(wall.weekday(), wall.time()) for wall in walls} <= asked
    # A wall-clock time that is repeated is offered once.
    assert len({wall.replace(tzinfo=None) for wall in walls}) == len(walls)


def _wall_times(stretch: Stretch) -> set[tuple[int, time]]:
    day = datetime.combine(date(2024, 1, 1), time()) + timedelta(days=stretch.weekday)
    wall = datetime.combine(day, stretch.begins)
    end = datetime.combine(day, stretch.ends)
    end += timedelta(days=1) if end <= wall else timedelta(0)
    found = set()
    while wall < end:
        found.add((wall.weekday(), wall.time()))
        wall += timedelta(minutes=30)
    return found
