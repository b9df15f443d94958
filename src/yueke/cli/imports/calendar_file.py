"""Read an iCalendar file, as Google, Apple and Outlook write them, as stretches of time."""

import warnings
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from icalendar import Calendar, Component, Event, FreeBusy, GloballyUniqueTZIDGuessed
from recurring_ical_events.query import CalendarQuery  # type: ignore[import-untyped]

from yueke.cli.cannot_run import CannotRun
from yueke.cli.imports.problems import Problem, Wrong

PERIODS = "FREEBUSY"
# What calendars write that show only whether their owner is busy.
_BUSY_NAMES = {"busy", "out of office", "tentative", "忙碌", "忙", "外出", "暂定"}
_BUSY_STATUS = {"BUSY", "OOF", "TENTATIVE"}
# A rule that repeats more often would have millions of occurrences, and means no lesson.
_TOO_OFTEN = {"SECONDLY", "MINUTELY"}
_TIMES_A_DAY_MAX = 24


@dataclass(frozen=True)
class Stretch:
    """A stretch of time: of which component of the file, by number from 1, and what it says.

    `all_day`: the file names days and no hours. `blocks`: its owner counts as busy.
    `says_busy`: the property that says so in words, so that it is no time offered; "" for none.
    """

    number: int
    begin: datetime
    end: datetime
    all_day: bool
    blocks: bool
    says_busy: str


@dataclass(frozen=True)
class Range:
    """From when and until when, half-open, a free/busy component knows its owner's time."""

    begin: datetime | None
    end: datetime | None


def read(text: str) -> list[Calendar]:
    """Read the calendars of a file. Raises CannotRun for a file that is none, or not whole."""
    lines = [line.rstrip().upper() for line in text.splitlines()]
    if lines.count("BEGIN:VCALENDAR") > lines.count("END:VCALENDAR"):
        raise CannotRun(
            "The file ends in the middle of a calendar, without END:VCALENDAR: fetch it again."
        )
    try:
        with warnings.catch_warnings():
            # Thunderbird and Evolution write a zone's name behind their own, which is understood.
            warnings.simplefilter("ignore", GloballyUniqueTZIDGuessed)
            calendars = Calendar.from_ical(text, multiple=True)
    except (ValueError, OverflowError) as error:
        raise CannotRun(f"The file cannot be read as iCalendar: {error}.") from None
    found = [calendar for calendar in calendars if isinstance(calendar, Calendar)]
    if not found:
        raise CannotRun("The file holds no calendar: it should begin with BEGIN:VCALENDAR.")
    return found


def holds_any(calendars: Iterable[Calendar]) -> bool:
    """Tell whether there is any event or free/busy component."""
    return any(
        isinstance(component, Event | FreeBusy)
        for calendar in calendars
        for component in calendar.walk()
    )


def stretches(
    calendars: Iterable[Calendar], *, zone: ZoneInfo, begin: datetime, end: datetime
) -> tuple[list[Stretch], list[Problem]]:
    """Return every stretch in a range, recurrences laid out, and what could not be read.

    Times of no zone are read in `zone`. Cancelled events and occurrences are left out.
    """
    found: list[Stretch] = []
    problems: list[Problem] = []
    number = 0
    for calendar in calendars:
        series: dict[str, list[tuple[int, Event]]] = {}
        for component in calendar.walk():
            if not isinstance(component, Event | FreeBusy):
                continue
            number += 1
            try:
                _check(component)
                if isinstance(component, FreeBusy):
                    _range(component, zone)
                    found += _periods(component, number, zone)
                else:
                    uid = str(component.get("UID", number))
                    series.setdefault(uid, []).append((number, component))
            except Wrong as wrong:
                problems.append(wrong.at(number))
        for events in series.values():
            try:
                found += _occurrences(events, zone, begin, end)
            except Wrong as wrong:
                problems.append(wrong.at(events[0][0]))
    ahead = [stretch for stretch in found if stretch.begin < end and stretch.end > begin]
    return sorted(ahead, key=lambda stretch: stretch.begin), sorted(problems)


def published(calendars: Iterable[Calendar], *, zone: ZoneInfo) -> list[Range]:
    """Return the ranges of which free/busy components say that they know them; None: open.

    Outside of them nothing is known of their owner's time.
    """
    components = [one for calendar in calendars for one in calendar.walk("VFREEBUSY")]
    ranges = [_range(component, zone) for component in components]
    return [one for one in ranges if one.begin or one.end]


def _range(component: Component, zone: ZoneInfo) -> Range:
    begin, end = (
        _placed(values[0].dt, zone, name) if (values := _values(component, name)) else None
        for name in ("DTSTART", "DTEND")
    )
    return Range(begin, end)


def _check(component: Component) -> None:
    """Raise Wrong for what the library would pass by, or would take for something else."""
    for name, says in component.errors:
        raise Wrong(str(name), f"It cannot be read: {says}.")
    for name in ("DTSTART", "DTEND", "RECURRENCE-ID", "EXDATE", "RDATE"):
        for value in _values(component, name):
            given = value.params.get("TZID")
            instants = [each.dt for each in getattr(value, "dts", [value])]
            if given and any(isinstance(at, datetime) and at.tzinfo is None for at in instants):
                raise Wrong(name, f"The time zone {given} is not known.")
    if isinstance(component, Event):
        _check_event(component)


def _check_event(event: Event) -> None:
    starts, ends = _values(event, "DTSTART"), _values(event, "DTEND")
    if len(starts) != 1:
        raise Wrong("DTSTART", "The event has no start." if not starts else "It starts twice.")
    rules = _values(event, "RRULE")
    if len(rules) > 1:
        raise Wrong("RRULE", "The event has several rules.")
    if any(_is_too_often(rule) for rule in rules):
        raise Wrong("RRULE", "The event repeats more often than hourly.")
    if any(each < 1 for rule in rules for each in rule.get("INTERVAL", [])):
        raise Wrong("RRULE", "Its interval is not a whole number of one or more.")
    if ends and _is_earlier(ends[0].dt, starts[0].dt):
        raise Wrong("DTEND", "The event ends before it starts.")


def _is_too_often(rule: Any) -> bool:
    how = {str(each).upper() for each in rule.get("FREQ", [])}
    times = 24 if "HOURLY" in how and "BYHOUR" not in rule else 1
    for name in ("BYHOUR", "BYMINUTE", "BYSECOND"):
        times *= len(rule.get(name, [])) or 1
    return bool(_TOO_OFTEN & how) or times > _TIMES_A_DAY_MAX


def _values(component: Component, name: str) -> list[Any]:
    found: Any = component.get(name, [])
    return found if isinstance(found, list) else [found]


def _is_earlier(one: Any, other: Any) -> bool:
    """Compare what can be compared: two days, two instants, or two times of no zone."""
    if isinstance(one, datetime) != isinstance(other, datetime):
        return False
    if isinstance(one, datetime) and (one.tzinfo is None) != (other.tzinfo is None):
        return False
    return bool(one < other)


def _occurrences(
    events: list[tuple[int, Event]], zone: ZoneInfo, begin: datetime, end: datetime
) -> list[Stretch]:
    """Lay out one event with its recurrences, exceptions and changed occurrences."""
    calendar = Calendar()
    numbers: dict[str, int] = {}
    for number, event in events:
        event["X-NUMBER"] = str(number)
        numbers[str(number)] = number
        calendar.add_component(event)
    try:
        # A day more on both sides: times of no zone and whole days are placed afterwards.
        day = timedelta(days=1)
        occurrences = CalendarQuery(calendar).between(begin - day, end + day)
    except (ValueError, TypeError, OverflowError) as error:
        raise Wrong("RRULE", f"Its occurrences cannot be laid out: {error}.") from None
    return [
        _stretch(occurrence, numbers[str(occurrence["X-NUMBER"])], zone)
        for occurrence in occurrences
        if str(occurrence.get("STATUS", "")).upper() != "CANCELLED"
    ]


def _stretch(occurrence: Any, number: int, zone: ZoneInfo) -> Stretch:
    start, end = occurrence["DTSTART"].dt, occurrence["DTEND"].dt
    is_free = (
        str(occurrence.get("TRANSP", "")).upper() == "TRANSPARENT"
        or str(occurrence.get("X-MICROSOFT-CDO-BUSYSTATUS", "")).upper() == "FREE"
    )
    return Stretch(
        number=number,
        begin=_placed(start, zone, "DTSTART"),
        end=_placed(end, zone, "DTEND"),
        all_day=not isinstance(start, datetime),
        blocks=not is_free,
        says_busy="" if is_free else _says_busy(occurrence),
    )


def _says_busy(occurrence: Any) -> str:
    """Return the property of an event by which it is busy time and nothing else, or ''."""
    status = "X-MICROSOFT-CDO-BUSYSTATUS"
    if str(occurrence.get("SUMMARY", "")).strip().lower() in _BUSY_NAMES:
        return "SUMMARY"
    return status if str(occurrence.get(status, "")).upper() in _BUSY_STATUS else ""


def _placed(value: date | datetime, zone: ZoneInfo, name: str) -> datetime:
    """Return a time in UTC, or raise Wrong for one at the ends of the calendar."""
    if not isinstance(value, datetime):
        value = datetime.combine(value, time(0))
    if value.tzinfo is None:
        value = value.replace(tzinfo=zone)
    try:
        return value.astimezone(UTC)
    except OverflowError:
        raise Wrong(name, f"{value:%Y-%m-%d} is no day of a lesson.") from None


def _periods(component: FreeBusy, number: int, zone: ZoneInfo) -> list[Stretch]:
    found = []
    for period in _values(component, PERIODS):
        start, end = period.dt
        if isinstance(end, timedelta):
            end = start + end
        if start.tzinfo is None:
            raise Wrong(PERIODS, "Its times are not in UTC.")
        is_free = str(period.params.get("FBTYPE", "BUSY")).upper() == "FREE"
        found.append(
            Stretch(
                number=number,
                begin=_placed(start, zone, PERIODS),
                end=_placed(end, zone, PERIODS),
                all_day=False,
                blocks=not is_free,
                says_busy="" if is_free else PERIODS,
            )
        )
    return found
