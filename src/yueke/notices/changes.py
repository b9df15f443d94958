"""How often and when lessons were changed, and whose they once were, as the log tells."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Max

from yueke.notices.models import Event


@dataclass(frozen=True, slots=True)
class Changes:
    """How many events a lesson has had, and when the last of them was."""

    count: int
    last_at: datetime


def changes_of_lessons(*, market_id: int, lesson_ids: Collection[int]) -> dict[int, Changes]:
    """Return the changes of each of these lessons that has had any."""
    events = Event.objects.filter(market_id=market_id, lesson_id__in=lesson_ids)
    counted = events.values("lesson_id").annotate(count=Count("id"), last_at=Max("at"))
    return {
        row["lesson_id"]: Changes(row["count"], row["last_at"])
        for row in counted.order_by()
        if row["lesson_id"] is not None
    }


def lessons_ever_of_teacher(
    *, market_id: int, teacher_id: int, begin: datetime, end: datetime
) -> set[int]:
    """Return the lessons of a half-open range that were a teacher's at any time."""
    events = Event.objects.filter(
        market_id=market_id, teacher_id=teacher_id, starts_at__gte=begin, starts_at__lt=end
    )
    found = events.exclude(lesson_id=None).values_list("lesson_id", flat=True)
    return {lesson_id for lesson_id in found.distinct() if lesson_id is not None}
