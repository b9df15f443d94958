"""The zone of a market, on whose wall clock weekly times lie."""

from zoneinfo import ZoneInfo

from yueke.people.models import Market


def zone_of_market(market_id: int) -> ZoneInfo:
    """Return the zone of a market."""
    return ZoneInfo(Market.objects.values_list("zone", flat=True).get(id=market_id))
