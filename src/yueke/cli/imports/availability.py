"""`yueke import availability`: teachers' time from calendars and sheets."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Annotated
from zoneinfo import ZoneInfo

import typer

from yueke.cli.cannot_run import CannotRun
from yueke.cli.imports import calendar_file, cells, half_hours, offers, report, sheet
from yueke.cli.imports.calendar_file import Range
from yueke.cli.imports.offers import Offer, Span
from yueke.cli.imports.options import AvailabilityFile, DryRun, MarketCode, SkipBad
from yueke.cli.imports.problems import Problem, Wrong
from yueke.cli.imports.release import release
from yueke.cli.imports.teachers import Teachers
from yueke.cli.imports.transaction import whole
from yueke.inventory.rules import pattern
from yueke.inventory.rules.offer import AHEAD_MAX
from yueke.kernel.grid import WEEK
from yueke.people import queries as people_queries

_WEEKS_AHEAD = 8


def availability(
    file: AvailabilityFile,
    teacher: Annotated[str | None, typer.Option(help="Whose time it is: a name or tch_…")] = None,
    within: Annotated[
        str | None,
        typer.Option(help="Hours offered unless the calendar is busy: Mon-Fri 18:00-22:00"),
    ] = None,
    zone: Annotated[
        str | None, typer.Option(help="Of times that name none; else the teacher's.")
    ] = None,
    until: Annotated[
        str | None, typer.Option(help="The last day; else eight weeks after this one.")
    ] = None,
    events_are_offers: Annotated[
        bool,
        typer.Option("--events-are-offers", help="Take events that read as busy as time offered."),
    ] = False,
    market: MarketCode = None,
    dry_run: DryRun = False,
    skip_bad: SkipBad = False,
) -> None:
    """Offer teachers' time from an iCalendar file, or from a sheet.

    Every event of a calendar, and every free period of a free/busy file, is time offered; an event
    that reads as busy is refused. With --within it is the other way round: those weekly hours are
    offered, but where the calendar is busy, all of which must be readable, and of a free/busy file
    only in the time it was published for. A sheet has rows of teacher, starts, ends, or of
    teacher, weekday, from, to, and if wanted zone, first, last. Time is offered in whole
    half-hours. A file may be read again: what is offered already stays as it is, and what was
    taken back stays taken back.
    """
    found = people_queries.get_market(code=market)
    if zone is not None:
        pattern.zone_of(zone)
    span = _span(until, found.zone)
    teachers = Teachers(market_id=found.id, default=teacher)
    is_calendar = file.suffix.lower() in (".ics", ".ical", ".ifb", ".vfb")
    noun = "event" if is_calendar else "row"
    if events_are_offers and within is not None:
        raise CannotRun("--events-are-offers cannot be: with --within events are busy time.")
    if is_calendar:
        good, problems = _from_calendar(file, teachers, within, zone, span, events_are_offers)
    elif within is not None or events_are_offers:
        option = "--events-are-offers" if within is None else "--within"
        raise CannotRun(f"{option} is for calendars: a sheet says itself which hours are offered.")
    else:
        good, problems = offers.from_sheet(
            sheet.read(file), find=teachers.find, zone=zone, span=span
        )
    # An event that cannot be read may be busy time.
    may_skip = within is None
    report.end_unless_good(
        problems, good=len(good), noun=noun, skip_bad=skip_bad, may_skip=may_skip
    )
    if not is_calendar:
        report.end_unless_any(good, file=file)
    elif not good:
        typer.echo("No event lies in the time looked at: see --until.")
    _tell_rows(good, noun, span)
    with whole(dry_run=dry_run):
        lines = release(good, market_id=found.id, span=span)
    for line in lines:
        report.tell_end(line, dry_run=dry_run)


def _from_calendar(
    file: Path,
    teachers: Teachers,
    within: str | None,
    zone: str | None,
    span: Span,
    busy_too: bool,
) -> tuple[list[Offer], list[Problem]]:
    whose = teachers.the_one()
    calendars = calendar_file.read(sheet.text_of(file))
    if within is None and not calendar_file.holds_any(calendars):
        raise CannotRun(f"{file} holds no event: there is nothing to offer.")
    tz = ZoneInfo(zone or whose.zone)
    stretches, problems = calendar_file.stretches(
        calendars, zone=tz, begin=span.begin, end=span.end
    )
    if within is None:
        good, wrong = offers.from_events(stretches, whose=whose, span=span, busy_too=busy_too)
        bad = {problem.row for problem in problems}
        return [offer for offer in good if offer.number not in bad], sorted({*problems, *wrong})
    try:
        hours = half_hours.read_hours(within)
    except Wrong as wrong_hours:
        raise CannotRun(f"--within: {wrong_hours}") from None
    # Should anything be wrong, nothing is offered.
    published = [] if problems else calendar_file.published(calendars, zone=tz)
    if published:
        ranges = ", ".join(_range_words(known, tz) for known in published)
        typer.echo(f"The file tells of {ranges} ({tz.key}): nothing is offered outside of that.")
    around = offers.around_busy_time(
        stretches, hours=hours, whose=whose, span=span, published=published
    )
    return around, problems


def _range_words(known: Range, zone: ZoneInfo) -> str:
    """Return a range on a zone's clock."""
    begin, end = (
        f"{at.astimezone(zone):%Y-%m-%d %H:%M}" if at else "…" for at in (known.begin, known.end)
    )
    return f"{begin} to {end}"


def _span(until: str | None, zone: str) -> Span:
    """Return from this week's Monday to the end of the last day, on the market's clock.

    Whole weeks, so that reading a file again in the same week asks for the same.
    """
    now = datetime.now(UTC)
    local = now.astimezone(ZoneInfo(zone))
    monday = local.replace(hour=0, minute=0, second=0, microsecond=0) - timedelta(
        days=local.weekday()
    )
    end = monday + WEEK * (1 + _WEEKS_AHEAD)
    if until is not None:
        try:
            last = cells.day("until", until)
        except Wrong as wrong:
            raise CannotRun(f"--until: {wrong}") from None
        end = monday.replace(year=last.year, month=last.month, day=last.day) + timedelta(days=1)
    if end > now + AHEAD_MAX:
        raise CannotRun(
            f"--until {until} is further ahead than the {AHEAD_MAX.days} days of slots."
        )
    if end <= now:
        raise CannotRun(f"--until {until} is over.")
    return Span(now, monday.astimezone(UTC), end.astimezone(UTC))


def _tell_rows(good: Sequence[Offer], noun: str, span: Span) -> None:
    for offer in good:
        ahead = sum(cell > span.now for cell in offer.cells)
        place = f"{noun} {offer.number}: " if offer.number else ""
        typer.echo(f"{place}{offer.whose.name}, {ahead} half-hours ahead")
