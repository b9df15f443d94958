"""Instants as people read them: "Tue 12 Mar, 19:00", and the zone when it isn't their own."""

from datetime import UTC, date, datetime
from typing import Literal
from zoneinfo import ZoneInfo

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext, pgettext
from django.utils.translation import pgettext_lazy as _p

from yueke.portals import zones

Part = Literal["full", "day", "time"]

WEEKDAYS = (
    _p("weekday", "Mon"),
    _p("weekday", "Tue"),
    _p("weekday", "Wed"),
    _p("weekday", "Thu"),
    _p("weekday", "Fri"),
    _p("weekday", "Sat"),
    _p("weekday", "Sun"),
)
WEEKDAYS_SHORT = (
    _p("weekday in a narrow column", "Mo"),
    _p("weekday in a narrow column", "Tu"),
    _p("weekday in a narrow column", "We"),
    _p("weekday in a narrow column", "Th"),
    _p("weekday in a narrow column", "Fr"),
    _p("weekday in a narrow column", "Sa"),
    _p("weekday in a narrow column", "Su"),
)
MONTHS = (
    _p("month", "Jan"),
    _p("month", "Feb"),
    _p("month", "Mar"),
    _p("month", "Apr"),
    _p("month", "May"),
    _p("month", "Jun"),
    _p("month", "Jul"),
    _p("month", "Aug"),
    _p("month", "Sep"),
    _p("month", "Oct"),
    _p("month", "Nov"),
    _p("month", "Dec"),
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


def moment_words(
    *, instant: datetime, zone: str, this_year: int, until: datetime | None = None,
    part: Part = "full",
) -> str:
    """Return the instant in the zone's wall clock; `until` makes it a range of one day."""
    local = instant.astimezone(ZoneInfo(zone))
    time = f"{local:%H:%M}"
    if until is not None:
        time = f"{time}–{until.astimezone(ZoneInfo(zone)):%H:%M}"
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
    words = moment_words(
        instant=instant, zone=zone, this_year=this_year, until=until, part=part
    )
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
