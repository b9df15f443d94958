"""Instants as people read them: "Tue 12 Mar, 19:00", and the zone when it isn't their own."""

from datetime import UTC, date, datetime
from typing import Literal
from zoneinfo import ZoneInfo

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext, pgettext, pgettext_lazy

from yueke.portals import zones
from yueke.supply.weeks import of_half_hour

Part = Literal["full", "day", "time"]

WEEKDAYS = (
    pgettext_lazy("weekday", "Mon"),
    pgettext_lazy("weekday", "Tue"),
    pgettext_lazy("weekday", "Wed"),
    pgettext_lazy("weekday", "Thu"),
    pgettext_lazy("weekday", "Fri"),
    pgettext_lazy("weekday", "Sat"),
    pgettext_lazy("weekday", "Sun"),
)
WEEKDAYS_SHORT = (
    pgettext_lazy("weekday in a narrow column", "Mo"),
    pgettext_lazy("weekday in a narrow column", "Tu"),
    pgettext_lazy("weekday in a narrow column", "We"),
    pgettext_lazy("weekday in a narrow column", "Th"),
    pgettext_lazy("weekday in a narrow column", "Fr"),
    pgettext_lazy("weekday in a narrow column", "Sa"),
    pgettext_lazy("weekday in a narrow column", "Su"),
)
MONTHS = (
    pgettext_lazy("month", "Jan"),
    pgettext_lazy("month", "Feb"),
    pgettext_lazy("month", "Mar"),
    pgettext_lazy("month", "Apr"),
    pgettext_lazy("month", "May"),
    pgettext_lazy("month", "Jun"),
    pgettext_lazy("month", "Jul"),
    pgettext_lazy("month", "Aug"),
    pgettext_lazy("month", "Sep"),
    pgettext_lazy("month", "Oct"),
    pgettext_lazy("month", "Nov"),
    pgettext_lazy("month", "Dec"),
)


def day_words(*, day: date, this_year: int) -> str:
    """Return "Tue 12 Mar", with the year when it is another one."""
    words = {
        "weekday": WEEKDAYS[day.weekday()],
        "day": day.day,
        "month": MONTHS[day.month - 1],
        "year": day.year,
    }
    if day.year == this_year:
        return pgettext("a day", "%(weekday)s %(day)s %(month)s") % words
    return pgettext("a day", "%(weekday)s %(day)s %(month)s %(year)s") % words


def date_words(*, day: date) -> str:
    """Return "12 Mar"."""
    words = {"day": day.day, "month": MONTHS[day.month - 1]}
    return pgettext("a day without its weekday", "%(day)s %(month)s") % words


def clock_words(*, local: datetime) -> str:
    """Return "19:00"; of an hour that comes twice when clocks go back, the second says so."""
    time = f"{local:%H:%M}"
    if not local.fold:
        return time
    return pgettext("a time that comes twice", "%(time)s (second)") % {"time": time}


def weekly_words(*, half_hour: int) -> str:
    """Return "Fri 18:00" of a half-hour of the week, 0 is Monday's first."""
    time = of_half_hour(half_hour)
    words = {"day": WEEKDAYS[time.weekday], "clock": f"{time.clock:%H:%M}"}
    return pgettext("a weekly time", "%(day)s %(clock)s") % words


def moment_words(
    *,
    instant: datetime,
    zone: str,
    this_year: int,
    until: datetime | None = None,
    part: Part = "full",
) -> str:
    """Return the instant in the zone's wall clock; `until` makes it a range of one day."""
    local = instant.astimezone(ZoneInfo(zone))
    time = clock_words(local=local)
    if until is not None:
        time = f"{time}–{clock_words(local=until.astimezone(ZoneInfo(zone)))}"
    if part == "time":
        return time
    day = day_words(day=local.date(), this_year=this_year)
    if part == "day":
        return day
    return pgettext("a moment", "%(day)s, %(time)s") % {"day": day, "time": time}


def in_zone(*, words: str, zone: str) -> str:
    """Return the words with the zone's name."""
    values = {"moment": words, "zone": zones.zone_name(zone=zone)}
    return gettext("%(moment)s %(zone)s") % values


def time_element(
    *,
    instant: datetime,
    zone: str,
    this_year: int,
    viewer_zone: str | None = None,
    other_zone: str | None = None,
    until: datetime | None = None,
    part: Part = "full",
) -> SafeString:
    """Return a `<time>`: shown in `zone`, on hover in the other party's zone or the viewer's."""
    words = moment_words(instant=instant, zone=zone, this_year=this_year, until=until, part=part)
    foreign = viewer_zone is not None and viewer_zone != zone
    if foreign and part != "day":
        words = in_zone(words=words, zone=zone)
    hover_zone = other_zone or (viewer_zone if foreign else None)
    machine = instant.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    if hover_zone is None or hover_zone == zone:
        return format_html('<time datetime="{}">{}</time>', machine, words)
    hover = moment_words(instant=instant, zone=hover_zone, this_year=this_year, until=until)
    return format_html(
        '<time datetime="{}" title="{}">{}</time>',
        machine,
        in_zone(words=hover, zone=hover_zone),
        words,
    )
