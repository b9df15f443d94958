"""The reads of the booking room."""

from yueke.booking.queries.search import Search, find_half_hours, find_teachers
from yueke.booking.queries.seats import LessonRow, Which, get_lesson, list_lessons

__all__ = [
    "LessonRow",
    "Search",
    "Which",
    "find_half_hours",
    "find_teachers",
    "get_lesson",
    "list_lessons",
]
