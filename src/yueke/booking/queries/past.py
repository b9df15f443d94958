"""What a learner's seats tell of the past: teachers met, and when a seat's lesson was."""

from collections.abc import Iterable
from datetime import datetime

from yueke.booking.models import Lesson, Seat


def known_teachers(
    *, market_id: int, learner_id: int, teacher_ids: Iterable[int], now: datetime
) -> set[int]:
    """Return which of these teachers the learner has had a lesson with."""
    seats = Seat.objects.filter(
        market_id=market_id, learner_id=learner_id, state=Seat.State.LIVE, starts_at__lt=now
    )
    met = Lesson.objects.filter(
        market_id=market_id, id__in=seats.values("lesson_id"), teacher_id__in=list(teacher_ids)
    )
    return {teacher_id for teacher_id in met.values_list("teacher_id", flat=True) if teacher_id}


def starts_of_seats(*, market_id: int, seat_ids: Iterable[int]) -> dict[int, datetime]:
    """Return when the lesson of each seat starts."""
    seats = Seat.objects.filter(market_id=market_id, id__in=list(seat_ids))
    return dict(seats.values_list("id", "starts_at"))
