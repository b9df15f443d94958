"""Read the catalogue and learners' progress for pages and systems."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet

from yueke.curriculum import operations
from yueke.curriculum.models import Course, LearningProgress, Product
from yueke.curriculum.refusals import ProductUnknown
from yueke.curriculum.rules import ProductFacts, read_catalogue
from yueke.kernel.columns import numbers
from yueke.kernel.transaction import Question, read


def list_products(*, market_id: int) -> QuerySet[Product]:
    """Return a market's products with their prices, by code."""
    return Product.objects.filter(market_id=market_id).prefetch_related("prices").order_by("code")


def facts(*, market_id: int, now: datetime) -> dict[str, ProductFacts]:
    """Return by code what a market's products cost, and until when they are cancelled free, now."""
    with read() as work:
        return read_catalogue(*work.ask(operations.catalogue(market_id=market_id, now=now)).fetch())


def get_product(*, market_id: int, code: str) -> Product:
    """Return a product by its code, or refuse (product_unknown)."""
    found = Product.objects.filter(market_id=market_id, code=code).first()
    if found is None:
        raise ProductUnknown(code)
    return found


def progress_of(*, learner_ids: Sequence[int]) -> QuerySet[LearningProgress]:
    """Return where learners stand in each product, with course and product."""
    progress = LearningProgress.objects.filter(learner_id__in=learner_ids)
    return progress.select_related("course", "product").order_by("learner_id", "product__code")


@dataclass(slots=True)
class Standing:
    """At which level a learner is, and which lesson of it comes next."""

    learner_id: int
    level: int
    next_number: int


def standing_of(*, product_id: int, learner_ids: Collection[int]) -> Question:
    """Ask where learners stand in one product; rows are Standing."""
    return Question(__package__, "standing", (product_id, numbers(learner_ids)), Standing)


def codes(*, market_id: int) -> dict[int, str]:
    """Return the codes of a market's products by id."""
    return dict(Product.objects.filter(market_id=market_id).values_list("id", "code"))


def list_courses(*, market_id: int) -> QuerySet[Course]:
    """Return a market's courses with their products, by product and level."""
    courses = Course.objects.filter(market_id=market_id).select_related("product")
    return courses.order_by("product__code", "level")
