"""What is taught, in the language of the moment."""

from django import template

from yueke.booking.queries import LessonRow
from yueke.curriculum.models import Product
from yueke.portals import product_names

register = template.Library()


@register.filter
def product_name(thing: LessonRow | Product) -> str:
    """Return the name of a lesson's product, or of a product."""
    return product_names.product_name(thing=thing)
