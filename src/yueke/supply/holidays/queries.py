"""Read a market's holidays."""

from datetime import date

from django.db.models import QuerySet

from yueke.kernel.actor import Actor
from yueke.people import channels
from yueke.supply.holidays.models import Holiday


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
