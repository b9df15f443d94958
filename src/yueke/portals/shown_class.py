"""An open class as a page shows it, in the reader's language."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from yueke.booking.classes.queries import ClassRow, Mine
from yueke.portals import ids


@dataclass(frozen=True, slots=True)
class ShownClass:
    """One class at one moment, and how it stands with one learner."""

    row: ClassRow
    now: datetime
    mine: Mine | None = None

    @property
    def id(self) -> str:
        """Its id as addresses carry it."""
        return ids.LESSON.show(self.row.class_id)

    @property
    def title(self) -> str:
        """What it is called; in the other language where it has no title in this one."""
        return title_of(self.row.title_zh, self.row.title_en)

    @property
    def about(self) -> SafeString:
        """What it is about: HTML of which only what is harmless was kept when it was written."""
        first, second = self.row.about_zh, self.row.about_en
        return mark_safe((first or second) if _chinese() else (second or first))

    @property
    def about_zh(self) -> SafeString:
        """The Chinese description."""
        return mark_safe(self.row.about_zh)

    @property
    def about_en(self) -> SafeString:
        """The English description."""
        return mark_safe(self.row.about_en)

    @property
    def cover_url(self) -> str:
        """Where its picture is; '' where it has none."""
        return reverse("class_cover", args=[self.id, self.row.cover]) if self.row.cover else ""

    @property
    def until(self) -> datetime:
        """When it ends."""
        return self.row.starts_at + timedelta(minutes=self.row.minutes)

    def local_start(self, *, zone: str) -> str:
        """Return when it begins on the clocks of a zone: `2026-03-12 19:00`."""
        return f"{self.row.starts_at.astimezone(ZoneInfo(zone)):%Y-%m-%d %H:%M}"

    @property
    def has_begun(self) -> bool:
        """Whether it is too late to book."""
        return self.row.starts_at <= self.now

    @property
    def is_over(self) -> bool:
        """Whether its time has passed."""
        return self.now >= self.until

    @property
    def is_cancelled(self) -> bool:
        """Whether it does not take place."""
        return self.row.state == "cancelled"

    @property
    def is_full(self) -> bool:
        """Whether every seat is taken."""
        return self.row.seats_left <= 0

    @property
    def seat(self) -> str:
        """The learner's seat as addresses carry it, or ''."""
        return ids.SEAT.show(self.mine.seat_id) if self.mine and self.mine.seat_id else ""

    @property
    def is_waiting(self) -> bool:
        """Whether the learner waits for a seat."""
        return self.mine is not None and self.mine.seat_id is None

    @property
    def state(self) -> str:
        """The state that its chip shows."""
        if self.seat:
            return "booked"
        if self.is_over:
            return "finished"
        return "live" if self.has_begun else "open"


def title_of(title_zh: str, title_en: str) -> str:
    """Return the title in the reader's language, or else in the other."""
    return (title_zh or title_en) if _chinese() else (title_en or title_zh)


def _chinese() -> bool:
    return (get_language() or "").startswith("zh")
