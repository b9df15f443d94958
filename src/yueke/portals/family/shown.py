"""A lesson as a parent sees it: its name, its state, and until when it is free to cancel."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils.translation import gettext

from yueke.booking.queries import LessonRow
from yueke.booking.rules.cancel import refund_of
from yueke.portals import ids
from yueke.portals.lesson_state import lesson_state
from yueke.portals.product_names import product_name


@dataclass(frozen=True, slots=True)
class ShownLesson:
    """One lesson at one moment. `state` is of those that chips show."""

    row: LessonRow
    id: str
    title: str
    until: datetime
    state: str
    free_until: datetime
    refund: int

    @property
    def can_cancel(self) -> bool:
        """Whether it may still be cancelled."""
        return self.state == "booked"


def level_words(*, product: str, level: int | None) -> str:
    """Return "Major course, level 3"."""
    if level is None:
        return product
    return gettext("%(product)s, level %(level)s") % {"product": product, "level": level}


def show_lesson(*, row: LessonRow, now: datetime) -> ShownLesson:
    """Return the lesson as it stands at `now`."""
    return ShownLesson(
        row=row,
        id=ids.SEAT.show(row.seat_id),
        title=level_words(product=product_name(thing=row), level=row.level),
        until=row.starts_at + timedelta(minutes=row.minutes),
        state=lesson_state(row=row, now=now),
        free_until=row.starts_at - timedelta(hours=row.free_cancel_hours),
        refund=refund_of(
            side="family",
            paid=row.paid,
            starts_at=row.starts_at,
            free_hours=row.free_cancel_hours,
            now=now,
        ),
    )
