"""The seats of one lesson, and how many lessons lie in a range."""

from datetime import datetime

from yueke.booking.models import Lesson, Seat


def seat_ids_of_lesson(*, market_id: int, lesson_id: int) -> list[int]:
    """Return the seats of a lesson of the market, live before cancelled; none if there is none."""
    seats = Seat.objects.filter(market_id=market_id, lesson_id=lesson_id)
    return list(seats.order_by("-state", "id").values_list("id", flat=True))


def count_lessons(*, market_id: int, begin: datetime, end: datetime) -> int:
    """Return how many booked lessons start in the half-open range."""
    lessons = Lesson.objects.filter(market_id=market_id, starts_at__gte=begin, starts_at__lt=end)
    return lessons.filter(state=Lesson.State.BOOKED).count()
