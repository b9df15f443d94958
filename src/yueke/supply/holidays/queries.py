"""Read a market's holidays."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.db.models import QuerySet

from yueke.kernel.actor import Actor
from yueke.people import channels
from yueke.supply.holidays.models import Holiday
from yueke.supply.zones import zone_of_market


def list_holidays(*, actor: Actor, from_day: date | None = None) -> QuerySet[Holiday]:
    """Return holidays that end on a day or later, the first first. Refuses: channel_may_not."""
    channels.require(actor, "see", "holidays")
    found = Holiday.objects.filter(market_id=actor.market_id)
    if from_day is not None:
        found = found.filter(last_day__gte=from_day)
    return found.order_by("first_day", "id")


def between(*, market_id: int, first_day: date, last_day: date) -> QuerySet[Holiday]:
    """Return the holidays that touch these days."""
    holidays = Holiday.objects.filter(market_id=market_id)
    return holidays.filter(first_day__lte=last_day, last_day__gte=first_day).order_by("first_day")


@dataclass(frozen=True, slots=True)
class Calendar:
    """The holidays of a market that are not over, by its own days."""

    zone: ZoneInfo
    holidays: Sequence[Holiday]

    def at(self, instant: datetime) -> Holiday | None:
        """Return the holiday on which an instant lies, if it does."""
        day = instant.astimezone(self.zone).date()
        on = (one for one in self.holidays if one.first_day <= day <= one.last_day)
        return next(on, None)


def calendar(*, market_id: int, now: datetime) -> Calendar:
    """Read the holidays of a market from today on."""
    zone = zone_of_market(market_id)
    rows = Holiday.objects.filter(market_id=market_id, last_day__gte=now.astimezone(zone).date())
    return Calendar(zone, list(rows.order_by("first_day", "id")))
