"""The preview of a weekly pattern: four weeks, and the days when clocks change."""

from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

from yueke.inventory.rules.pattern import Stretch, expand
from yueke.portals.teachers.pattern_preview import clock_change, preview

TORONTO = "America/Toronto"
SUNDAY_EVENING = [Stretch(6, time(18), time(20))]


def test_the_week_when_clocks_go_forward_is_marked_with_what_it_does_in_beijing() -> None:
    first, last = date(2027, 3, 1), date(2027, 4, 25)
    starts = expand(SUNDAY_EVENING, zone=TORONTO, first=first, last=last)
    weeks = preview(
        starts=starts,
        known=set(starts[:1]),
        stretches=SUNDAY_EVENING,
        zone=TORONTO,
        first=first,
        last=last,
    )
    assert len(weeks) == 4
    assert [len(week.changes) for week in weeks] == [0, 1, 0, 0]
    [change] = weeks[1].changes
    beijing = ZoneInfo("Asia/Shanghai")
    assert change.is_forward
    assert (change.before.astimezone(beijing).hour, change.after.astimezone(beijing).hour) == (7, 6)
    [[known, new]] = weeks[0].days
    assert (known.is_known, new.is_known) == (True, False)
    assert new.ends == datetime(2027, 3, 8, 1, tzinfo=UTC)


def test_a_pattern_that_ends_sooner_shows_fewer_weeks() -> None:
    first, last = date(2027, 3, 1), date(2027, 3, 14)
    starts = expand(SUNDAY_EVENING, zone=TORONTO, first=first, last=last)
    weeks = preview(
        starts=starts,
        known=set(),
        stretches=SUNDAY_EVENING,
        zone=TORONTO,
        first=first,
        last=last,
    )
    assert len(weeks) == 2


def test_clocks_go_back_in_autumn_and_not_at_all_in_beijing() -> None:
    change = clock_change(date(2026, 11, 1), time(18), ZoneInfo(TORONTO))
    assert change is not None
    assert not change.is_forward
    assert clock_change(date(2026, 11, 1), time(18), ZoneInfo("Asia/Shanghai")) is None
