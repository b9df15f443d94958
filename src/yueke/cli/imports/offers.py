"""Which half-hours a calendar or a sheet offers: pure decisions, before anything is written."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from yueke.cli.imports import cells, half_hours
from yueke.cli.imports.calendar_file import PERIODS, Range, Stretch
from yueke.cli.imports.problems import Problem, Wrong
from yueke.cli.imports.sheet import Row, Sheet, unknown_columns
from yueke.inventory.refusals import ZoneUnknown
from yueke.inventory.rules import pattern

_TIMES = ("starts", "ends")
_WEEKLY = ("weekday", "from", "to", "first", "last")
_DAY = timedelta(days=1)
_BUSY = "It says when the teacher is busy: say with --within which hours are offered."
_EVENT = (
    "The event reads as busy time: say with --within which hours are offered around it, "
    "or with --events-are-offers that it is time offered."
)
COLUMNS = ("teacher", *_TIMES, *_WEEKLY, "zone")


@dataclass(frozen=True)
class Whose:
    """A teacher as the importer needs them."""

    id: int
    name: str
    zone: str


@dataclass(frozen=True)
class Span:
    """The time an import looks at: half-open, from the Monday before `now`."""

    now: datetime
    begin: datetime
    end: datetime

    def holds(self, cell: datetime) -> bool:
        """Tell whether a half-hour lies in it."""
        return self.begin <= cell < self.end


@dataclass(frozen=True)
class Offer:
    """What one row or event offers of a teacher's time: half-hours within the span."""

    number: int
    whose: Whose
    cells: frozenset[datetime] = field(repr=False)


def from_events(
    stretches: Iterable[Stretch], *, whose: Whose, span: Span, busy_too: bool = False
) -> tuple[list[Offer], list[Problem]]:
    """Take each event and free period as time offered, but where another says busy.

    `busy_too` also takes events that say so themselves.
    """
    found: dict[int, set[datetime]] = {}
    busy: dict[int, str] = {}
    taken: set[datetime] = set()
    problems: set[Problem] = set()
    for stretch in stretches:
        begin, end = _near(stretch, span)
        if stretch.says_busy and not (busy_too and stretch.says_busy != PERIODS):
            busy[stretch.number] = stretch.says_busy
            taken.update(half_hours.touched(begin, end))
        elif stretch.all_day:
            problems.add(Problem(stretch.number, "DTSTART", "An all-day event says no hours."))
        else:
            found.setdefault(stretch.number, set()).update(half_hours.inside(begin, end))
    for number, inside in found.items():
        if not inside:
            problems.add(Problem(number, "DTEND", "It holds no whole half-hour."))
    # A component with free periods may well tell the busy ones beside them.
    for number in busy.keys() - found.keys():
        problems.add(Problem(number, busy[number], _BUSY if busy[number] == PERIODS else _EVENT))
    bad = {problem.row for problem in problems}
    offers = [
        Offer(number, whose, frozenset(filter(span.holds, inside - taken)))
        for number, inside in sorted(found.items())
        if number not in bad
    ]
    return offers, sorted(problems)


def around_busy_time(
    stretches: Iterable[Stretch],
    *,
    hours: Sequence[pattern.Stretch],
    whose: Whose,
    span: Span,
    published: Sequence[Range] = (),
) -> list[Offer]:
    """Take weekly hours on the teacher's clock as offered, but where the calendar is busy.

    Of ranges that a free/busy file was published for, nothing outside is offered.
    """
    zone = ZoneInfo(whose.zone)
    # A night that began the day before reaches into the span.
    first = span.begin.astimezone(zone).date() - _DAY
    last = span.end.astimezone(zone).date()
    offered = half_hours.weekly(hours, zone=zone, first=first, last=last)
    for stretch in stretches:
        if stretch.blocks:
            offered.difference_update(half_hours.touched(*_near(stretch, span)))
    if published:
        known = [set(half_hours.inside(*_within(one, span))) for one in published]
        offered.intersection_update(set().union(*known))
    return [Offer(0, whose, frozenset(filter(span.holds, offered)))]


def _near(stretch: Stretch, span: Span) -> tuple[datetime, datetime]:
    """Return what of a stretch lies in the span or within a day of it; it may last for years."""
    return max(stretch.begin, span.begin - _DAY), min(stretch.end, span.end + _DAY)


def _within(known: Range, span: Span) -> tuple[datetime, datetime]:
    return max(known.begin or span.begin, span.begin), min(known.end or span.end, span.end)


def from_sheet(
    sheet: Sheet, *, find: Callable[[str], Whose], zone: str | None, span: Span
) -> tuple[list[Offer], list[Problem]]:
    """Read rows of times (`starts`, `ends`) or of weekly hours (`weekday`, `from`, `to`).

    `find` gives a row's teacher or raises Wrong. Times without an offset are read in the row's
    zone, else in `zone`, else in the teacher's.
    """
    needed = _TIMES if "starts" in sheet.columns else ("weekday", "from", "to")
    headings = unknown_columns(sheet, needed=needed, known=COLUMNS)
    if headings:
        return [], headings
    offers, problems = [], list(sheet.problems)
    for row in sheet.rows:
        try:
            whose = find(row["teacher"])
            read = _times if row["starts"] or row["ends"] else _weekly
            inside = read(row, row["zone"] or zone or whose.zone, span)
            offers.append(Offer(row.number, whose, frozenset(filter(span.holds, inside))))
        except Wrong as wrong:
            problems.append(wrong.at(row.number))
    return offers, sorted(problems)


def _times(row: Row, zone: str, span: Span) -> set[datetime]:
    tz = _zone(zone)
    begin, end = (cells.moment(name, cells.text(name, row[name])) for name in _TIMES)
    begin, end = (at if at.tzinfo else at.replace(tzinfo=tz) for at in (begin, end))
    if end <= begin:
        raise Wrong("ends", "It ends before it starts.")
    if end - begin > _DAY:
        raise Wrong("ends", "It is longer than a day.")
    found = set(half_hours.inside(begin, end))
    if not found:
        raise Wrong("ends", "It holds no whole half-hour.")
    return found


def _weekly(row: Row, zone: str, span: Span) -> set[datetime]:
    tz = _zone(zone)
    stretch = pattern.Stretch(
        cells.weekday("weekday", cells.text("weekday", row["weekday"])),
        cells.clock("from", cells.text("from", row["from"])),
        cells.clock("to", cells.text("to", row["to"])),
    )
    if half_hours.shrunk(stretch, zone=tz) is None:
        raise Wrong("to", "It holds no whole half-hour.")
    earliest, latest = (at.astimezone(tz).date() for at in (span.begin, span.end))
    first, last = _day(row, "first", earliest), _day(row, "last", latest)
    if row["first"] and row["last"] and last < first:
        raise Wrong("last", "It ends before it begins.")
    # No further than the span: a pattern may run for years. A night before it reaches into it.
    first = max(first, earliest - _DAY)
    return half_hours.weekly([stretch], zone=tz, first=first, last=min(last, latest))


def _day(row: Row, column: str, default: date) -> date:
    return cells.day(column, row[column]) if row[column] else default


def _zone(name: str) -> ZoneInfo:
    try:
        return pattern.zone_of(name)
    except ZoneUnknown:
        raise Wrong("zone", f"The time zone {name} is not known.") from None
