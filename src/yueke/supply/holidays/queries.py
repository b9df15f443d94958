"""Read a market's holidays."""

from datetime import date, datetime

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


def holiday_at(*, market_id: int, instant: datetime) -> Holiday | None:
    """Return the holiday on which an instant lies by the market's calendar, if it does."""
    day = instant.astimezone(zone_of_market(market_id)).date()
    return between(market_id=market_id, first_day=day, last_day=day).first()
