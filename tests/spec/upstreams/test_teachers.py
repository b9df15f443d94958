"""Teachers: releasing and withdrawing time."""

from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from tests.served import (
    Caller,
    Desk,
    ahead,
    begun,
    booking,
    done,
    id_of,
    refused,
    slots_of,
    written,
)
from yueke.kernel.grid import show_instant
from yueke.people.models import Teacher

ZONES = ["America/New_York", "Europe/London", "Australia/Sydney", "America/Santiago"]
DAY, WEEK = timedelta(days=1), timedelta(days=7)


def test_T_1_a_teacher_releases_one_half_hour(company: Desk) -> None:
    emma, start = company.teacher(), ahead(hours=48)
    herself = company.caller("teachers", teacher=emma)
    released = herself.post("/slots", {"teacher": id_of(emma), "starts": written(start)})
    assert done(released)["results"] == [{"starts_at": show_instant(start), "outcome": "released"}]
    [slot] = slots_of(herself, emma, begun())
    assert (slot["starts_at"], slot["state"], slot["target_kind"]) == (
        show_instant(start),
        "open",
        None,
    )
    learner = company.learner()
    done(company.parents(learner).post("/bookings", booking(learner, emma, start)))


def test_T_1_a_teacher_releases_many_half_hours_and_hears_of_each(company: Desk) -> None:
    emma = company.teacher(ahead(hours=50))
    herself = company.caller("teachers", teacher=emma)
    starts = [ahead(hours=48), ahead(hours=50), ahead(hours=-2), ahead(hours=24 * 400)]
    off_grid = ahead(hours=52) + timedelta(minutes=10)
    body = {"teacher": id_of(emma), "starts": written(*starts, off_grid)}
    results = done(herself.post("/slots", body))["results"]
    assert [one.get("outcome") or one["code"] for one in results] == [
        "released",
        "there_already",
        "time_in_past",
        "time_too_far",
        "time_off_grid",
    ]
    shown = [slot["starts_at"] for slot in slots_of(herself, emma, begun())]
    assert shown == written(ahead(hours=48), ahead(hours=50))


def changes_of_clock(zone: ZoneInfo) -> dict[str, date]:
    """Return the next days on which the clock goes forward and back, a few days ahead or more."""
    found: dict[str, date] = {}
    today = datetime.now(UTC).date()
    for days in range(3, 350):
        day = today + DAY * days
        before, after = (
            datetime(each.year, each.month, each.day, 12, tzinfo=zone).utcoffset()
            for each in (day - DAY, day)
        )
        assert before is not None
        assert after is not None
        if before != after:
            found.setdefault("forward" if after > before else "back", day)
    return found


def release_weekly(
    caller: Caller, teacher: Teacher, first: date, last: date, *stretches: Any
) -> Any:
    """Release a weekly pattern; a stretch is a day of the week and two times of the wall clock."""
    body = {
        "teacher": id_of(teacher),
        "stretches": [{"weekday": d, "begins": b, "ends": e} for d, b, e in stretches],
        "first": first.isoformat(),
        "last": last.isoformat(),
    }
    return caller.post("/weekly-patterns", body)


@pytest.mark.parametrize("way", ["forward", "back"])
def test_T_1_a_weekly_pattern_keeps_the_teachers_wall_clock_right_across_DST(
    company: Desk, way: str
) -> None:
    tried = 0
    for name in ZONES:
        zone = ZoneInfo(name)
        change = changes_of_clock(zone).get(way)
        if change is None:
            continue
        tried += 1
        emma = company.teacher(zone=name)
        herself = company.caller("teachers", teacher=emma)
        days = [change - DAY, change, change + DAY]
        stretches = [(day.weekday(), "18:00", "19:30") for day in days]
        done(release_weekly(herself, emma, days[0], days[-1], *stretches))
        begin = datetime(days[0].year, days[0].month, days[0].day, tzinfo=UTC) - DAY
        found = slots_of(herself, emma, begin, days=7)
        instants = [datetime.fromisoformat(slot["starts_at"]) for slot in found]
        clocks = [f"{at.astimezone(zone):%Y-%m-%d %H:%M}" for at in instants]
        assert clocks == [f"{day} {time}" for day in days for time in ("18:00", "18:30", "19:00")]
        # The wall clock stood still, so the instants of the second day moved by the change.
        moved = (instants[3] - instants[0]) - DAY
        assert moved == timedelta(hours=-1 if way == "forward" else 1)
    assert tried >= 2


@pytest.mark.parametrize(("way", "half_hours"), [("forward", 6), ("back", 8)])
def test_T_1_a_pattern_over_the_change_itself_has_no_hour_that_is_not_there_and_none_twice(
    company: Desk, way: str, half_hours: int
) -> None:
    zone = ZoneInfo("Europe/London")
    change = changes_of_clock(zone).get(way)
    if change is None:  # it lies within the next three days: next year's is too far to offer
        change = datetime.now(UTC).date() + 5 * DAY
        half_hours = 8
    emma = company.teacher(zone=zone.key)
    herself = company.caller("teachers", teacher=emma)
    answer = release_weekly(herself, emma, change, change, (change.weekday(), "00:00", "04:00"))
    instants = [datetime.fromisoformat(one["starts_at"]) for one in done(answer)["results"]]
    assert len(instants) == half_hours
    clocks = [f"{at.astimezone(zone):%H:%M}" for at in instants]
    assert clocks == sorted(set(clocks))


def test_T_1_two_weeks_of_a_pattern_lie_a_week_apart(company: Desk) -> None:
    emma = company.teacher(zone="Asia/Shanghai")
    herself = company.caller("teachers", teacher=emma)
    first = datetime.now(UTC).date() + 3 * DAY
    stretch = (first.weekday(), "20:00", "20:30")
    results = done(release_weekly(herself, emma, first, first + WEEK, stretch))["results"]
    one, two = (datetime.fromisoformat(result["starts_at"]) for result in results)
    assert two - one == WEEK
    assert f"{one:%H:%M}" == "12:00"


def test_T_1_a_teacher_releases_nobody_elses_time(company: Desk) -> None:
    emma, tom = company.teacher(), company.teacher(name="Tom")
    emmas = company.caller("teachers", teacher=emma)
    answer = emmas.post("/slots", {"teacher": id_of(tom), "starts": written(ahead())})
    assert refused(answer) == (404, "teacher_not_found")
    everybodys = company.caller("supply")
    assert slots_of(everybodys, tom, begun()) == []


@pytest.mark.parametrize("channel", ["parents-h5", "lp", "cc", "marketing"])
def test_T_1_and_T_2_are_not_for_a_channel_without_them(company: Desk, channel: str) -> None:
    start, more = ahead(hours=48), ahead(hours=49)
    emma = company.teacher(start)
    caller = company.caller(channel)
    body = {"teacher": id_of(emma), "starts": written(more)}
    assert refused(caller.post("/slots", body)) == (403, "channel_may_not")
    weekly = release_weekly(caller, emma, more.date(), more.date(), (0, "18:00", "19:00"))
    assert refused(weekly) == (403, "channel_may_not")
    body = {"teacher": id_of(emma), "starts": written(start)}
    assert refused(caller.post("/withdrawals", body)) == (403, "channel_may_not")
    shown = slots_of(company.caller("supply"), emma, begun())
    assert [slot["starts_at"] for slot in shown] == written(start)


def test_T_2_a_teacher_withdraws_what_nobody_has_booked(company: Desk) -> None:
    free, taken, never = ahead(hours=48), ahead(hours=49), ahead(hours=50)
    emma, learner = company.teacher(free, taken), company.learner()
    parents = company.parents(learner)
    done(parents.post("/bookings", booking(learner, emma, taken)))
    herself = company.caller("teachers", teacher=emma)
    body = {"teacher": id_of(emma), "starts": written(free, taken, never)}
    results = done(herself.post("/withdrawals", body))["results"]
    assert [one.get("outcome") or one["code"] for one in results] == [
        "withdrawn",
        "slot_already_taken",
        "slot_not_open",
    ]
    shown = slots_of(herself, emma, begun())
    assert [(slot["starts_at"], slot["state"]) for slot in shown] == [
        (show_instant(taken), "booked")
    ]
    gone = parents.post("/bookings", booking(learner, emma, free))
    assert refused(gone) == (409, "slot_not_open")
