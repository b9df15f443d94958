"""Write an iCalendar that updates and cancels rightly wherever it is subscribed to."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from django.utils.translation import gettext
from icalendar import Calendar, Event

from yueke.booking.queries import LessonRow
from yueke.curriculum.models import Product
from yueke.notices.changes import Changes
from yueke.portals.product_names import product_name

# How long a lesson that is over, or was cancelled, still stands in a feed.
KEPT: Final = timedelta(days=30)
AHEAD: Final = timedelta(days=366)
SEATS_MAX: Final = 5000


@dataclass(frozen=True, slots=True)
class Entry:
    """One lesson in somebody's calendar. `uid` stays the same; each change counts."""

    uid: str
    summary: str
    starts_at: datetime
    minutes: int
    changes: Changes
    is_cancelled: bool


def write(*, name: str, zone: str, entries: Iterable[Entry]) -> bytes:
    """Return the entries as an iCalendar; calendars take the event of the higher SEQUENCE."""
    calendar = Calendar()
    calendar.add("prodid", "-//Yueke//Lessons//EN")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", name)
    calendar.add("x-wr-timezone", zone)
    calendar.add("refresh-interval", timedelta(minutes=15), parameters={"VALUE": "DURATION"})
    for entry in entries:
        calendar.add_component(_event(entry))
    return bytes(calendar.to_ical())


def what(*, thing: LessonRow | Product, level: int | None) -> str:
    """Return what is taught: "Major course, level 3"."""
    if level is None:
        return product_name(thing=thing)
    words = {"lesson": product_name(thing=thing), "level": level}
    return gettext("%(lesson)s, level %(level)s") % words


def _event(entry: Entry) -> Event:
    event = Event()
    event.add("uid", f"{entry.uid}@yueke")
    changed_at = entry.changes.last_at.replace(microsecond=0)
    event.add("dtstamp", changed_at)
    event.add("last-modified", changed_at)
    event.add("dtstart", entry.starts_at)
    event.add("dtend", entry.starts_at + timedelta(minutes=entry.minutes))
    event.add("summary", entry.summary)
    event.add("sequence", entry.changes.count - 1)
    event.add("status", "CANCELLED" if entry.is_cancelled else "CONFIRMED")
    event.add("transp", "TRANSPARENT" if entry.is_cancelled else "OPAQUE")
    return event
