"""The seats of one lesson, the lessons of one slot, and how many lessons lie in a range."""

from datetime import datetime

from yueke.booking.models import Lesson, Seat
from yueke.curriculum.models import CELLS_MAX
from yueke.kernel.grid import HALF_HOUR


def seat_ids_of_lesson(*, market_id: int, lesson_id: int) -> list[int]:
    """Return the seats of a lesson of the market, live before cancelled; none if there is none."""
    seats = Seat.objects.filter(market_id=market_id, lesson_id=lesson_id)
    return list(seats.order_by("-state", "id").values_list("id", flat=True))


def lesson_ids_of_slot(*, market_id: int, teacher_id: int, starts_at: datetime) -> list[int]:
    """Return the lessons, cancelled ones too, that lie on a half-hour of a teacher."""
    lessons = Lesson.objects.filter(
        market_id=market_id,
        teacher_id=teacher_id,
        starts_at__gt=starts_at - CELLS_MAX * HALF_HOUR,
        starts_at__lte=starts_at,
    ).values_list("id", "starts_at", "cells")
    return [id_ for id_, begins_at, cells in lessons if starts_at < begins_at + cells * HALF_HOUR]


def count_lessons(*, market_id: int, begin: datetime, end: datetime) -> int:
    """Return how many booked lessons start in the half-open range."""
    lessons = Lesson.objects.filter(market_id=market_id, starts_at__gte=begin, starts_at__lt=end)
    return lessons.filter(state=Lesson.State.BOOKED).count()


def cells_of_seat(*, market_id: int, seat_id: int) -> int:
    """Return how many half-hours the lesson of a seat takes; 0 for one that is not there."""
    seats = Seat.objects.filter(market_id=market_id, id=seat_id)
    lessons = Lesson.objects.filter(market_id=market_id, id__in=seats.values("lesson_id"))
    return lessons.values_list("cells", flat=True).first() or 0
