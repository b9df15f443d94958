"""The names of products in the language of the moment."""

from django.utils.translation import get_language

from yueke.booking.queries import LessonRow
from yueke.curriculum import queries as curriculum_queries
from yueke.curriculum.models import Product


def product_name(*, thing: LessonRow | Product) -> str:
    """Return the name of a lesson's product, or of a product."""
    chinese = (get_language() or "").startswith("zh")
    if isinstance(thing, LessonRow):
        return thing.product_name_zh if chinese else thing.product_name_en
    return thing.name_zh if chinese else thing.name_en


def product_names(*, market_id: int) -> dict[str, str]:
    """Return the names of a market's products by code."""
    products = curriculum_queries.list_products(market_id=market_id).prefetch_related(None)
    return {product.code: product_name(thing=product) for product in products}
