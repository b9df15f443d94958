"""When a message goes out: never in quiet hours, unless it could not wait."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from yueke.reminders.planning import causes
from yueke.reminders.rules import Quiet, next_try_after, send_at
from yueke.reminders.wording import texts, time_words

BEIJING = "Asia/Shanghai"
QUIET = Quiet(22, 8, BEIJING)


def at(clock: str, *, day: int = 12) -> datetime:
    """Return a time of a day of March in Beijing."""
    hour, minute = map(int, clock.split(":"))
    return datetime(2026, 3, day, hour, minute, tzinfo=ZoneInfo(BEIJING))


@pytest.mark.parametrize(
    ("wanted", "starts", "goes"),
    [
        (at("17:00"), at("19:00"), at("17:00")),
        (at("06:30"), at("08:30"), at("08:00")),
        (at("07:59"), at("09:59"), at("08:00")),
        (at("08:00"), at("10:00"), at("08:00")),
        (at("05:00"), at("07:00"), at("21:59", day=11)),
        (at("06:10"), at("08:10"), at("21:59", day=11)),
        (at("22:00"), at("23:59"), at("21:59")),
        (at("23:00"), at("10:00", day=13), at("08:00", day=13)),
    ],
)
def test_a_reminder_keeps_out_of_quiet_hours(
    wanted: datetime, starts: datetime, goes: datetime
) -> None:
    now = at("12:00", day=10)
    assert send_at(wanted=wanted, starts_at=starts, now=now, quiet=QUIET) == goes


def test_what_cannot_wait_goes_at_once() -> None:
    now = at("23:30")
    near = send_at(wanted=now, starts_at=at("07:00", day=13), now=now, quiet=QUIET)
    far = send_at(wanted=now, starts_at=at("19:00", day=13), now=now, quiet=QUIET)
    assert (near, far) == (now, at("08:00", day=13))


def test_hours_that_are_equal_are_never_quiet_and_those_of_a_day_lie_in_it() -> None:
    now = at("03:00")
    assert Quiet(8, 8, BEIJING).around(now) is None
    noon = Quiet(12, 14, BEIJING)
    assert noon.around(at("13:00")) == (at("12:00"), at("14:00"))
    assert noon.around(at("14:00")) is None


def test_quiet_hours_follow_the_clock_of_the_zone_across_its_change() -> None:
    zone = ZoneInfo("America/New_York")
    stretch = Quiet(22, 8, "America/New_York").around(datetime(2026, 3, 8, 6, 0, tzinfo=UTC))
    assert stretch is not None
    begin, end = stretch
    assert (begin.astimezone(zone).hour, end.astimezone(zone).hour) == (22, 8)
    assert end.astimezone(UTC) - begin.astimezone(UTC) == timedelta(hours=9)


def test_a_failed_message_is_tried_three_times_more() -> None:
    assert [next_try_after(count) is not None for count in (1, 2, 3, 4)] == [True] * 3 + [False]


def test_everything_that_is_told_has_words_in_both_languages() -> None:
    abouts = {row["about"] for row in causes()} | {"soon", "soon_teacher"}
    assert {(about, language) for about in abouts for language in ("zh-hans", "en")} == set(texts())
    words = {
        "learner": "乐乐",
        "teacher": "Amy",
        "lesson": "Major",
        "time": "19:00",
        "until": "Mon",
    }
    for text in texts().values():
        assert "%(" not in text.filled(words).text


def test_times_are_told_in_the_zone_of_who_is_told() -> None:
    noon = datetime(2026, 3, 12, 11, 0, tzinfo=UTC)
    assert time_words(at=noon, zone=BEIJING, language="zh-hans") == "3月12日 周四 19:00"
    there = time_words(at=noon, zone="America/Toronto", language="en")
    assert there == "Thu 12 Mar, 07:00 (America/Toronto)"
