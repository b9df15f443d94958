"""What lessons are now, whoever's they are: for those who once had to do with them."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from yueke.booking.models import Lesson
from yueke.curriculum.models import Product


@dataclass(frozen=True, slots=True)
class LessonNow:
    """A lesson without those who attend it."""

    id: int
    state: str
    teacher_id: int | None
    starts_at: datetime
    seats_taken: int
    product: Product


def lessons_now(*, market_id: int, lesson_ids: Collection[int]) -> dict[int, LessonNow]:
    """Return these lessons of a market by id."""
    lessons = list(Lesson.objects.filter(market_id=market_id, id__in=lesson_ids))
    products = Product.objects.in_bulk({lesson.product_id for lesson in lessons})
    return {
        lesson.id: LessonNow(
            lesson.id,
            lesson.state,
            lesson.teacher_id,
            lesson.starts_at,
            lesson.seats_taken,
            products[lesson.product_id],
        )
        for lesson in lessons
    }
