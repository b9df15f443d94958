"""`yueke import availability`: calendars and sheets become slots, in whole half-hours."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from tests import asking, snapshot, world
from tests.cli.imported import call
from tests.world import Company
from yueke.inventory import commands as inventory
from yueke.inventory.models import Slot
from yueke.people import public_ids
from yueke.people.models import Teacher

pytestmark = pytest.mark.django_db

FILES = Path(__file__).parent.parent / "files"
LOS_ANGELES = ZoneInfo("America/Los_Angeles")
MONDAY = (datetime.now(UTC) + timedelta(days=14 - datetime.now(UTC).weekday())).date()


@pytest.fixture(autouse=True)
def cn() -> Company:
    """Return the only market."""
    return world.open_company(code="cn")


@pytest.fixture(autouse=True)
def emma(cn: Company) -> Teacher:
    """Return a teacher in Los Angeles."""
    return world.add_teacher(company=cn, name="Emma", zone="America/Los_Angeles")


def write(path: Path, *lines: str) -> str:
    path.write_text("\n".join(lines), encoding="utf-8")
    return str(path)


def calendar(folder: Path, *lines: str) -> str:
    event = ["BEGIN:VEVENT", "UID:1", "DTSTAMP:20260101T000000Z", *lines, "END:VEVENT"]
    text = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Test//EN", *event, "END:VCALENDAR"]
    path = folder / "emma.ics"
    path.write_bytes("\r\n".join([*text, ""]).encode())
    return str(path)


def weekly(folder: Path) -> str:
    """Write a calendar of five Mondays, 18:00 to 19:15 in Los Angeles, without the third."""
    third = MONDAY + timedelta(days=14)
    return calendar(
        folder,
        f"DTSTART;TZID=America/Los_Angeles:{MONDAY:%Y%m%d}T180000",
        f"DTEND;TZID=America/Los_Angeles:{MONDAY:%Y%m%d}T191500",
        "RRULE:FREQ=WEEKLY;COUNT=5",
        f"EXDATE;TZID=America/Los_Angeles:{third:%Y%m%d}T180000",
    )


def offered(teacher: Teacher) -> list[datetime]:
    """Return when slots start on the teacher's wall."""
    starts = Slot.objects.filter(teacher_id=teacher.id).values_list("starts_at", flat=True)
    return [start.astimezone(LOS_ANGELES) for start in starts.order_by("starts_at")]


def test_it_works(tmp_path: Path, emma: Teacher) -> None:
    before = snapshot.take()
    assert call("availability", weekly(tmp_path), "--teacher", "emma") == 0
    starts = offered(emma)
    # On the teacher's wall, whatever DST does meanwhile, and without the one left out.
    assert {f"{start:%a %H:%M}" for start in starts} == {"Mon 18:00", "Mon 18:30"}
    weeks = {(start.date() - MONDAY).days / 7 for start in starts}
    assert weeks == {0, 1, 3, 4}
    changes = snapshot.changes(before)
    assert changes["slot"] == changes["event"] == (8, 0)


def test_a_dry_run_shows_and_changes_nothing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = snapshot.take()
    assert call("availability", weekly(tmp_path), "--teacher", "Emma", "--dry-run") == 0
    assert snapshot.changes(before) == {}
    said = capsys.readouterr().out.splitlines()
    assert said == [
        "event 1: Emma, 8 half-hours ahead",
        "Emma: 8 half-hours released, 0 there already (dry run: nothing was written)",
    ]


def test_twice_changes_nothing_more(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = weekly(tmp_path)
    assert call("availability", file, "--teacher", "Emma") == 0
    before = snapshot.take()
    assert call("availability", file, "--teacher", "Emma") == 0
    assert snapshot.changes(before) == {}
    assert "Emma: 0 half-hours released, 8 there already" in capsys.readouterr().out


def test_what_a_teacher_took_back_stays_taken_back(
    tmp_path: Path, emma: Teacher, capsys: pytest.CaptureFixture[str]
) -> None:
    file = weekly(tmp_path)
    assert call("availability", file, "--teacher", "Emma") == 0
    first, *others = offered(emma)
    herself = asking.request(actor=asking.teacher_of(teacher=emma), now=datetime.now(UTC))
    asking.done(inventory.withdraw_slots(herself, teacher_id=emma.id, starts=[first]))
    assert call("availability", file, "--teacher", "Emma") == 0
    last = capsys.readouterr().out.splitlines()[-1]
    assert last == "Emma: 0 half-hours released, 7 there already, 1 taken back before"
    assert offered(emma) == others
    # Another half-hour of each week changes in the file.
    longer = Path(file).read_text().replace("T191500", "T193000")
    Path(file).write_text(longer)
    assert call("availability", file, "--teacher", "Emma") == 0
    last = capsys.readouterr().out.splitlines()[-1]
    assert last == "Emma: 4 half-hours released, 7 there already, 1 taken back before"
    assert set(others) < set(offered(emma))
    assert first not in offered(emma)


def test_hours_are_offered_around_what_keeps_the_teacher_busy(
    tmp_path: Path, emma: Teacher
) -> None:
    until = str(MONDAY + timedelta(days=1))
    within = ("--within", "Mon 17:00-20:00", "--until", until)
    assert call("availability", weekly(tmp_path), "--teacher", "Emma", *within) == 0
    starts = [start for start in offered(emma) if start.date() == MONDAY]
    assert [f"{start:%H:%M}" for start in starts] == ["17:00", "17:30", "19:30"]


def test_a_sheet_names_teachers_times_and_weekly_hours(tmp_path: Path, cn: Company) -> None:
    emma = Teacher.objects.get(name="Emma")
    liam = world.add_teacher(company=cn, name="Liam", zone="Asia/Manila")
    file = write(
        tmp_path / "times.csv",
        "teacher,weekday,from,to,zone,first,last,starts,ends",
        f"{public_ids.show('tch', emma.id)},周一,18:00,19:10,,{MONDAY},{MONDAY},,",
        f"liam,,,,,,,{MONDAY}T20:15+08:00,{MONDAY}T21:30+08:00",
        f"Liam,,,,,,,{MONDAY}T06:00,{MONDAY}T06:30",
        f"Liam,Mon,20:00,22:00,Asia/Shanghai,{MONDAY},{MONDAY},,",
    )
    assert call("availability", file) == 0
    assert [f"{start:%m-%d %H:%M}" for start in offered(emma)] == [
        f"{MONDAY:%m-%d} 18:00",
        f"{MONDAY:%m-%d} 18:30",
    ]
    beijing = [start.astimezone(ZoneInfo("Asia/Shanghai")) for start in offered(liam)]
    hours = ["06:00", "20:00", "20:30", "21:00", "21:30"]
    assert [f"{start:%H:%M}" for start in beijing] == hours


@pytest.mark.parametrize(
    ("line", "column"),
    [
        (",Mon,18:00,19:00,,,", "teacher"),
        ("Nobody,Mon,18:00,19:00,,,", "teacher"),
        ("Emma,Moonday,18:00,19:00,,,", "weekday"),
        ("Emma,Mon,25:00,19:00,,,", "from"),
        ("Emma,Mon,18:00,,,,", "to"),
        ("Emma,Mon,18:10,18:50,,,", "to"),
        ("Emma,Mon,18:00,19:00,Mars/Base,,", "zone"),
        ("Emma,Mon,18:00,19:00,,31.12.,", "first"),
        ("Emma,Mon,18:00,19:00,,2087-02-02,2087-01-01", "last"),
    ],
)
def test_a_bad_row_of_weekly_hours_is_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], line: str, column: str
) -> None:
    heading = "teacher,weekday,from,to,zone,first,last"
    file = write(tmp_path / "times.csv", heading, "Emma,Tue,18:00,19:00,,,", line)
    before = snapshot.take()
    assert call("availability", file) == 1
    assert snapshot.changes(before) == {}
    assert capsys.readouterr().err.startswith(f"row 3, {column}: ")
    assert call("availability", file, "--skip-bad") == 0
    assert set(snapshot.changes(before)) == {"slot", "event", "request_key"}


@pytest.mark.parametrize(
    ("line", "column"),
    [
        ("Emma,tomorrow,2087-01-01T10:00", "starts"),
        ("Emma,2087-01-01,2087-01-02", "starts"),
        ("Emma,2087-01-01T10:00,", "ends"),
        ("Emma,0001-01-01T00:00+08:00,0001-01-01T01:00+08:00", "starts"),
        ("Emma,9999-12-31T20:00,9999-12-31T23:30", "starts"),
        ("Emma,2087-01-01T10:00,9999-12-31T23:30-08:00", "ends"),
        ("Emma,2087-01-01T10:00,2087-01-01T09:00", "ends"),
        ("Emma,2087-01-01T10:10,2087-01-01T10:40", "ends"),
        ("Emma,2087-01-01T10:00,2087-01-03T10:00", "ends"),
    ],
)
def test_a_bad_row_of_times_is_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], line: str, column: str
) -> None:
    file = write(tmp_path / "times.csv", "teacher,starts,ends", line)
    assert call("availability", file) == 1
    assert capsys.readouterr().err.startswith(f"row 2, {column}: ")


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        ([], "--teacher"),
        (["--teacher", "Nobody"], "There is no teacher Nobody"),
        (["--teacher", "Twin"], "There are 2 teachers named Twin"),
        (["--teacher", "Emma", "--zone", "Mars/Base"], "zone_unknown"),
        (["--teacher", "Emma", "--within", "often"], "--within"),
        (["--teacher", "Emma", "--until", "2020-01-01"], "--until"),
        (["--teacher", "Emma", "--until", "2087-01-01"], "--until"),
    ],
)
def test_what_is_asked_wrongly_is_told(
    cn: Company, capsys: pytest.CaptureFixture[str], arguments: list[str], says: str
) -> None:
    for _ in range(2):
        world.add_teacher(company=cn, name="Twin")
    before = snapshot.take()
    assert call("availability", str(FILES / "google.ics"), *arguments) == 1
    assert says in capsys.readouterr().err
    assert snapshot.changes(before) == {}


def test_a_file_of_nothing_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    empty = write(tmp_path / "empty.ics", "BEGIN:VCALENDAR", "VERSION:2.0", "END:VCALENDAR")
    assert call("availability", empty, "--teacher", "Emma") == 1
    assert capsys.readouterr().err == f"{empty} holds no event: there is nothing to offer.\n"
    heading = write(tmp_path / "times.csv", "teacher,starts,ends", ",,")
    assert call("availability", heading) == 1
    assert capsys.readouterr().err == f"{heading} holds no rows: there is nothing to take in.\n"


def test_a_file_whose_events_are_over_is_read_again_without_harm(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = calendar(tmp_path, "DTSTART:20200106T100000Z", "DURATION:PT1H")
    assert call("availability", file, "--teacher", "Emma") == 0
    assert capsys.readouterr().out == "No event lies in the time looked at: see --until.\n"
    assert not Slot.objects.exists()


def test_an_event_that_cannot_be_read_keeps_all_out(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = calendar(tmp_path, "DTSTART;TZID=Nowhere/Land:20870101T100000", "DURATION:PT1H")
    assert call("availability", file, "--teacher", "Emma") == 1
    assert capsys.readouterr().err.startswith("event 1, DTSTART: The time zone Nowhere/Land")
    assert not Slot.objects.exists()


def test_around_a_calendar_an_event_that_cannot_be_read_may_be_busy_time(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = calendar(tmp_path, f"DTSTART;TZID=Nowhere/Land:{MONDAY:%Y%m%d}T180000", "DURATION:PT1H")
    arguments = ("--teacher", "Emma", "--within", "Mon 17:00-20:00", "--skip-bad")
    assert call("availability", file, *arguments) == 1
    said = capsys.readouterr().err.splitlines()
    assert said[0].startswith("event 1, DTSTART: The time zone Nowhere/Land")
    assert said[-1] == "Nothing was written: 1 of the events cannot be read. Correct them."
    assert not Slot.objects.exists()


def test_of_a_free_busy_file_only_its_own_week_is_offered_and_said(
    tmp_path: Path, emma: Teacher, capsys: pytest.CaptureFixture[str]
) -> None:
    end = MONDAY + timedelta(days=7)
    file = write(
        tmp_path / "emma.ifb",
        *("BEGIN:VCALENDAR", "VERSION:2.0", "BEGIN:VFREEBUSY", "UID:1"),
        *(f"DTSTART:{MONDAY:%Y%m%d}T080000Z", f"DTEND:{end:%Y%m%d}T080000Z"),
        *("END:VFREEBUSY", "END:VCALENDAR"),
    )
    arguments = ("--teacher", "Emma", "--within", "Mon 17:00-18:00")
    assert call("availability", file, *arguments) == 0
    assert {start.date() for start in offered(emma)} == {MONDAY}
    said = capsys.readouterr().out.splitlines()[0]
    assert said.startswith(f"The file tells of {MONDAY} 0")
    assert said.endswith("(America/Los_Angeles): nothing is offered outside of that.")


def test_a_calendar_of_busy_time_is_not_offered_as_teaching_time(
    tmp_path: Path, emma: Teacher, capsys: pytest.CaptureFixture[str]
) -> None:
    starts = f"DTSTART;TZID=America/Los_Angeles:{MONDAY:%Y%m%d}T180000"
    file = calendar(tmp_path, starts, "DURATION:PT1H", "SUMMARY:Busy", "TRANSP:OPAQUE")
    before = snapshot.take()
    assert call("availability", file, "--teacher", "Emma") == 1
    assert snapshot.changes(before) == {}
    said = capsys.readouterr().err.splitlines()[0]
    assert said.startswith("event 1, SUMMARY: ")
    assert "--within" in said
    assert "--events-are-offers" in said
    assert call("availability", file, "--teacher", "Emma", "--events-are-offers") == 0
    assert [f"{start:%H:%M}" for start in offered(emma)] == ["18:00", "18:30"]


@pytest.mark.parametrize("more", [("--within", "Mon 18:00-20:00"), ()])
def test_events_are_offers_only_of_a_calendar_that_offers_them(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], more: tuple[str, ...]
) -> None:
    sheet = write(tmp_path / "times.csv", "teacher,weekday,from,to", "Emma,Mon,18:00,19:00")
    file = weekly(tmp_path) if more else sheet
    assert call("availability", file, "--teacher", "Emma", "--events-are-offers", *more) == 1
    assert "--events-are-offers" in capsys.readouterr().err
    assert not Slot.objects.exists()
