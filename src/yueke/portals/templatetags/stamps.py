"""Instants as forms carry them."""

from datetime import datetime

from django import template

from yueke.portals import stamps

register = template.Library()


@register.filter
def stamp(instant: datetime) -> str:
    """Return an instant as forms carry it."""
    return stamps.show_stamp(instant)
