"""Time zones in plain words."""

from django import template

from yueke.portals import zones

register = template.Library()


@register.filter
def zone_name(zone: str) -> str:
    """Return what people call the zone."""
    return zones.zone_name(zone=zone)
