"""Which lesson of a course a learner will have come to by a moment."""

from datetime import datetime

from yueke.booking.models import Lesson, Seat
from yueke.curriculum.models import LearningProgress


def number_then(*, progress: LearningProgress, at: datetime) -> int:
    """Return which lesson of the course a lesson at `at` would teach.

    Each of the learner's lessons before it that isn't finished goes one on, from the one chosen for
    it if one was.
    """
    seats = Seat.objects.filter(
        market_id=progress.product.market_id,
        learner_id=progress.learner_id,
        state=Seat.State.LIVE,
        absent=False,
        starts_at__lt=at,
    )
    lessons = Lesson.objects.filter(
        id__in=seats.values("lesson_id"),
        state=Lesson.State.BOOKED,
        course_id=progress.course_id,
    )
    number = progress.next_number
    for chosen in lessons.order_by("starts_at").values_list("course_number", flat=True):
        number = (chosen or number) + 1
    return number
