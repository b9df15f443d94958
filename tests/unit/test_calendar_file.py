"""Calendars as Google, Apple and Outlook write them, laid out right across DST."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from yueke.cli.cannot_run import CannotRun
from yueke.cli.imports import calendar_file, half_hours, offers, sheet
from yueke.cli.imports.calendar_file import Stretch
from yueke.cli.imports.offers import Span, Whose
from yueke.cli.imports.problems import Problem
from yueke.inventory.rules import pattern

FILES = Path(__file__).parent.parent / "files"
MANILA = Whose(1, "Emma", "Asia/Manila")
LOS_ANGELES = Whose(2, "Liam", "America/Los_Angeles")


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


AUTUMN = Span(at("2026-10-01"), at("2026-10-01"), at("2026-12-31"))
SPRING = Span(at("2027-03-01"), at("2027-03-01"), at("2027-03-26T08:00"))


def read(
    text: str, *, span: Span = AUTUMN, zone: str = "Asia/Manila"
) -> tuple[list[Stretch], list[Problem]]:
    return calendar_file.stretches(
        calendar_file.read(text), zone=ZoneInfo(zone), begin=span.begin, end=span.end
    )


def read_file(name: str, *, span: Span = AUTUMN) -> list[Stretch]:
    stretches, problems = read(sheet.text_of(FILES / name), span=span)
    assert problems == []
    return stretches


def begins(stretches: list[Stretch]) -> list[str]:
    return [f"{stretch.begin:%m-%d %H:%M}" for stretch in stretches]


def calendar(*lines: str) -> str:
    """Return a calendar of one event with these lines."""
    event = ["BEGIN:VEVENT", "UID:1", "DTSTAMP:20261001T000000Z", *lines, "END:VEVENT"]
    return "\r\n".join(["BEGIN:VCALENDAR", "VERSION:2.0", *event, "END:VCALENDAR", ""])


def test_google_weeks_without_the_excepted_with_the_moved_an_hour_later_after_dst() -> None:
    assert begins(read_file("google.ics")) == [
        "10-20 11:00",
        "11-03 12:00",
        "11-07 13:00",
        "11-11 12:30",
        "11-17 12:00",
        "11-24 12:00",
        "12-01 12:00",
    ]


def test_apple_counts_the_excepted_and_reads_times_of_no_zone_in_the_teachers() -> None:
    assert begins(read_file("apple.ics")) == [
        "10-19 10:00",
        "10-24 01:30",
        "10-26 11:00",
        "10-28 11:00",
        "11-02 11:00",
        "11-04 11:00",
    ]


def test_outlook_names_zones_in_its_own_way() -> None:
    timed = [stretch for stretch in read_file("outlook.ics", span=SPRING) if not stretch.all_day]
    assert begins(timed) == ["03-11 01:00", "03-18 00:00", "03-19 00:00", "03-25 00:00"]
    assert [stretch.blocks for stretch in timed] == [True, True, False, True]


def test_events_are_offered_in_whole_half_hours() -> None:
    good, problems = offers.from_events(read_file("google.ics"), whose=MANILA, span=AUTUMN)
    assert problems == []
    saturday = next(offer for offer in good if offer.number == 3)
    assert sorted(saturday.cells) == [at("2026-11-07T13:00"), at("2026-11-07T13:30")]
    assert sum(len(offer.cells) for offer in good) == 5 * 4 + 2 + 2


def test_free_periods_are_offered_in_whole_half_hours() -> None:
    good, problems = offers.from_events(read_file("freebusy.ifb"), whose=MANILA, span=AUTUMN)
    assert problems == []
    [offer] = good
    assert sorted(offer.cells) == [
        at("2026-11-02T11:00"),
        at("2026-11-02T11:30"),
        at("2026-11-02T12:00"),
        at("2026-11-03T11:30"),
    ]


def test_hours_are_offered_but_where_the_calendar_is_busy() -> None:
    hours = half_hours.read_hours("Wed-Fri 17:00-19:30")
    stretches = read_file("outlook.ics", span=SPRING)
    [offer] = offers.around_busy_time(stretches, hours=hours, whose=LOS_ANGELES, span=SPRING)
    found = {cell.astimezone(ZoneInfo(LOS_ANGELES.zone)) for cell in offer.cells}
    by_day = {
        day: sorted(f"{cell:%H:%M}" for cell in found if cell.day == day) for day in range(32)
    }
    whole = ["17:00", "17:30", "18:00", "18:30", "19:00"]
    # Meetings until 19:00 on Wednesdays.
    assert by_day[10] == by_day[17] == by_day[24] == ["19:00"]
    assert by_day[4] == by_day[11] == by_day[12] == whole
    # A day off in Manila is the evening before here; an event that leaves its owner free is none.
    assert by_day[18] == []
    assert by_day[19] == whole
    assert by_day[15] == []


def test_a_day_off_blocks_the_day_of_its_zone() -> None:
    off = calendar("DTSTART;VALUE=DATE:20261103")
    stretches, _ = read(off, zone="America/Los_Angeles")
    hours = half_hours.read_hours("Mon-Wed 22:00-02:00")
    span = Span(AUTUMN.now, at("2026-11-02T08:00"), at("2026-11-05T08:00"))
    [offer] = offers.around_busy_time(stretches, hours=hours, whose=LOS_ANGELES, span=span)
    found = sorted(cell.astimezone(ZoneInfo(LOS_ANGELES.zone)) for cell in offer.cells)
    assert [f"{cell:%a %H:%M}" for cell in found] == [
        *("Mon 22:00", "Mon 22:30", "Mon 23:00", "Mon 23:30"),
        *("Wed 00:00", "Wed 00:30", "Wed 01:00", "Wed 01:30"),
        *("Wed 22:00", "Wed 22:30", "Wed 23:00", "Wed 23:30"),
    ]


EACH_MINUTE = f"BYHOUR={','.join(map(str, range(24)))};BYMINUTE={','.join(map(str, range(60)))}"


@pytest.mark.parametrize(
    ("lines", "column"),
    [
        (["DTSTART;TZID=Nowhere/Land:20261102T180000", "DURATION:PT1H"], "DTSTART"),
        (["DTSTART:2026-11-02", "DURATION:PT1H"], "DTSTART"),
        (["DTEND:20261102T180000Z"], "DTSTART"),
        (["DTSTART:20261102T180000Z", "DTEND:20261102T170000Z"], "DTEND"),
        (["DTSTART:20261102T180000Z", "DURATION:PT1H", "RRULE:FREQ=SOMETIMES"], "RRULE"),
        (["DTSTART:20261102T180000Z", "DURATION:PT1H", "RRULE:FREQ=SECONDLY"], "RRULE"),
        (["DTSTART:20261102T180000Z", "DURATION:PT1H", f"RRULE:FREQ=DAILY;{EACH_MINUTE}"], "RRULE"),
        (["DTSTART:20261102T180000Z", "RRULE:FREQ=HOURLY;BYMINUTE=0,30"], "RRULE"),
        (["DTSTART:20261102T180000Z", "DURATION:PT1H", "RRULE:FREQ=DAILY;INTERVAL=0"], "RRULE"),
        (["DTSTART:20261102T180000Z", "DTEND:99991231T235959Z"], "RRULE"),
        (
            ["DTSTART:20261102T180000Z", "DURATION:PT1H", "EXDATE;TZID=Nowhere:20261102T180000"],
            "EXDATE",
        ),
    ],
)
def test_an_event_that_cannot_be_read_is_named(lines: list[str], column: str) -> None:
    stretches, [problem] = read(calendar(*lines))
    assert stretches == []
    assert (problem.row, problem.column) == (1, column)
    assert problem.says.endswith(".")


@pytest.mark.parametrize(
    ("lines", "column"),
    [
        (["DTSTART;VALUE=DATE:20261102"], "DTSTART"),
        (["DTSTART:20261102T181000Z", "DTEND:20261102T185000Z"], "DTEND"),
    ],
)
def test_an_event_that_offers_nothing_is_named(lines: list[str], column: str) -> None:
    stretches, _ = read(calendar(*lines))
    good, [problem] = offers.from_events(stretches, whose=MANILA, span=AUTUMN)
    assert (good, problem.column) == ([], column)


def test_a_range_from_the_first_day_of_all_is_named() -> None:
    _, [problem] = read(freebusy("DTSTART;TZID=Asia/Shanghai:00010101T000000"))
    assert (problem.row, problem.column) == (1, "DTSTART")


@pytest.mark.parametrize(
    "zone",
    [
        "/mozilla.org/20050126_1/America/Los_Angeles",
        "/freeassociation.sourceforge.net/America/Los_Angeles",
    ],
)
def test_thunderbird_and_evolution_write_more_than_the_name_of_a_zone(zone: str) -> None:
    # A warning would be an error here.
    stretches, problems = read(calendar(f"DTSTART;TZID={zone}:20261102T180000", "DURATION:PT1H"))
    assert (begins(stretches), problems) == (["11-03 02:00"], [])


def test_busy_periods_alone_ask_for_hours() -> None:
    text = sheet.text_of(FILES / "freebusy.ifb").replace("FBTYPE=FREE", "FBTYPE=BUSY")
    stretches, _ = read(text)
    good, [problem] = offers.from_events(stretches, whose=MANILA, span=AUTUMN)
    assert good == []
    assert "--within" in problem.says


def freebusy(*lines: str) -> str:
    """Return a free/busy file of one component with these lines."""
    component = ["BEGIN:VFREEBUSY", "UID:1", "DTSTAMP:20261001T000000Z", *lines, "END:VFREEBUSY"]
    return "\r\n".join(["BEGIN:VCALENDAR", "VERSION:2.0", *component, "END:VCALENDAR", ""])


def test_free_periods_beside_busy_ones_are_offered_but_where_they_overlap() -> None:
    stretches, problems = read(
        freebusy(
            "FREEBUSY;FBTYPE=BUSY:20261102T060000Z/PT2H",
            "FREEBUSY;FBTYPE=FREE:20261102T110000Z/PT2H",
            "FREEBUSY;FBTYPE=BUSY-TENTATIVE:20261102T123000Z/PT15M",
        )
    )
    good, wrong = offers.from_events(stretches, whose=MANILA, span=AUTUMN)
    assert problems == wrong == []
    [offer] = good
    begins = ("11:00", "11:30", "12:00")
    assert sorted(offer.cells) == [at(f"2026-11-02T{clock}") for clock in begins]


@pytest.mark.parametrize(
    ("bounds", "days"),
    [
        (["DTSTART:20261102T000000Z", "DTEND:20261109T000000Z"], ["11-02", "11-04"]),
        (["DTEND:20261103T000000Z"], ["10-28", "11-02"]),
        (["DTSTART:20261104T113000Z"], ["11-04", "11-09"]),
        ([], ["10-28", "11-02", "11-04", "11-09"]),
    ],
)
def test_hours_are_offered_only_where_a_free_busy_file_knows(
    bounds: list[str], days: list[str]
) -> None:
    text = freebusy(*bounds, "FREEBUSY:20261102T120000Z/PT1H")
    stretches, _ = read(text)
    [offer] = offers.around_busy_time(
        stretches,
        hours=half_hours.read_hours("Mon 20:00-22:00, Wed 19:00-21:00"),
        whose=MANILA,
        span=Span(at("2026-10-26T16:00"), at("2026-10-26T16:00"), at("2026-11-10T16:00")),
        published=calendar_file.published(calendar_file.read(text), zone=ZoneInfo("Asia/Manila")),
    )
    assert sorted({f"{cell:%m-%d}" for cell in offer.cells}) == days


@pytest.mark.parametrize(
    ("line", "column"),
    [
        ("SUMMARY:Busy", "SUMMARY"),
        ("SUMMARY:忙碌", "SUMMARY"),
        ("X-MICROSOFT-CDO-BUSYSTATUS:OOF", "X-MICROSOFT-CDO-BUSYSTATUS"),
    ],
)
def test_an_event_that_reads_as_busy_is_no_offer_unless_it_is_said(line: str, column: str) -> None:
    stretches, _ = read(calendar("DTSTART:20261102T100000Z", "DURATION:PT1H", line))
    good, [problem] = offers.from_events(stretches, whose=MANILA, span=AUTUMN)
    assert (good, problem.column) == ([], column)
    assert "--within" in problem.says
    [offer], wrong = offers.from_events(stretches, whose=MANILA, span=AUTUMN, busy_too=True)
    assert (len(offer.cells), wrong) == (2, [])


@pytest.mark.parametrize("line", ["TRANSP:TRANSPARENT", "X-MICROSOFT-CDO-BUSYSTATUS:FREE"])
def test_an_event_that_leaves_its_owner_free_is_an_offer_whatever_its_name(line: str) -> None:
    text = calendar("DTSTART:20261102T100000Z", "DURATION:PT1H", "SUMMARY:Busy", line)
    [offer], wrong = offers.from_events(read(text)[0], whose=MANILA, span=AUTUMN)
    assert (len(offer.cells), wrong) == (2, [])


def test_time_that_lasts_for_ever_is_looked_at_only_in_the_span() -> None:
    text = calendar("DTSTART:20261103T000000Z", "DTEND:29991231T000000Z", "SUMMARY:On leave")
    hours = half_hours.read_hours("Mon-Sun 18:00-19:00")
    stretches, _ = read(text)
    [offer] = offers.around_busy_time(stretches, hours=hours, whose=MANILA, span=AUTUMN)
    assert max(offer.cells) == at("2026-11-02T10:30")
    [offered], _ = offers.from_events(stretches, whose=MANILA, span=AUTUMN)
    assert max(offered.cells) == AUTUMN.end - timedelta(minutes=30)


@pytest.mark.parametrize("at_line", [1, 3, 6])
def test_a_file_that_ends_too_early_is_refused_though_a_whole_calendar_stands_before(
    at_line: int,
) -> None:
    whole = calendar("DTSTART:20261103T000000Z")
    part = "".join(whole.splitlines(keepends=True)[:at_line])
    for text in (part, whole + part):
        with pytest.raises(CannotRun, match="without END:VCALENDAR"):
            calendar_file.read(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "hello",
        "BEGIN:VCARD\r\nEND:VCARD\r\n",
        freebusy("FREEBUSY:99991231T230000Z/P9D"),
    ],
)
def test_what_is_no_calendar_is_refused(text: str) -> None:
    with pytest.raises(CannotRun):
        calendar_file.read(text)


@pytest.mark.parametrize(
    ("begin", "end", "inside", "touched"),
    [
        ("18:00", "19:00", ["18:00", "18:30"], ["18:00", "18:30"]),
        ("18:10", "19:40", ["18:30", "19:00"], ["18:00", "18:30", "19:00", "19:30"]),
        ("18:10", "18:50", [], ["18:00", "18:30"]),
    ],
)
def test_offered_time_shrinks_to_half_hours_and_busy_time_grows(
    begin: str, end: str, inside: list[str], touched: list[str]
) -> None:
    stretch = (at(f"2026-11-02T{begin}"), at(f"2026-11-02T{end}"))
    assert [f"{cell:%H:%M}" for cell in half_hours.inside(*stretch)] == inside
    assert [f"{cell:%H:%M}" for cell in half_hours.touched(*stretch)] == touched


@pytest.mark.parametrize("day", ["2026-11-01", "2027-03-14"])
def test_weekly_hours_over_a_change_of_clocks_are_those_of_a_teachers_pattern(day: str) -> None:
    zone, change = "America/New_York", datetime.fromisoformat(day).date()
    hours = half_hours.read_hours("Sun 00:00-04:00, Sat 23:00-02:00")
    days = (change - timedelta(days=1), change)
    expected = pattern.expand(hours, zone=zone, first=days[0], last=days[1])
    found = half_hours.weekly(hours, zone=ZoneInfo(zone), first=days[0], last=days[1])
    assert sorted(found) == expected


@pytest.mark.parametrize(
    ("zone", "hours", "expected"),
    [
        ("Asia/Manila", "Mon 18:10-19:40", ["11-02 10:30", "11-02 11:00"]),
        ("Asia/Manila", "Mon 18:10-18:50", []),
        ("Asia/Manila", "Mon 23:10-00:40", ["11-02 15:30", "11-02 16:00"]),
        ("Asia/Manila", "Sun 23:45-00:30", ["11-01 16:00"]),
        ("Asia/Kolkata", "Mon 18:00-19:00", ["11-02 12:30", "11-02 13:00"]),
        # A quarter past the hour in Kathmandu is a whole half-hour in UTC.
        ("Asia/Kathmandu", "Mon 18:00-19:00", ["11-02 12:30"]),
    ],
)
def test_weekly_hours_shrink_to_half_hours(zone: str, hours: str, expected: list[str]) -> None:
    days = [at(text).date() for text in ("2026-11-01", "2026-11-03")]
    found = half_hours.weekly(
        half_hours.read_hours(hours), zone=ZoneInfo(zone), first=days[0], last=days[1]
    )
    assert [f"{cell:%m-%d %H:%M}" for cell in sorted(found)] == expected


def test_weekly_hours_keep_to_the_wall_when_dst_begins_and_ends() -> None:
    zone = ZoneInfo("America/New_York")
    hours = half_hours.read_hours("Sun 06:00-07:00")
    for first, last in (("2026-10-25", "2026-11-08"), ("2027-03-07", "2027-03-21")):
        days = [datetime.fromisoformat(day).date() for day in (first, last)]
        cells = sorted(half_hours.weekly(hours, zone=zone, first=days[0], last=days[1]))
        assert len(cells) == 6
        assert {f"{cell.astimezone(zone):%H:%M}" for cell in cells} == {"06:00", "06:30"}
        weeks = {later - earlier for earlier, later in zip(cells[::2], cells[2::2], strict=False)}
        assert len(weeks) == 2
        assert timedelta(days=7) in weeks
