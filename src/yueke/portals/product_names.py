"""The names of products in the language of the moment."""

from django.utils.translation import get_language

from yueke.booking.queries import LessonRow
from yueke.curriculum.models import Product


def product_name(*, thing: LessonRow | Product) -> str:
    """Return the name of a lesson's product, or of a product."""
    chinese = (get_language() or "").startswith("zh")
    if isinstance(thing, LessonRow):
        return thing.product_name_zh if chinese else thing.product_name_en
    return thing.name_zh if chinese else thing.name_en
