"""The reads of the booking room."""

from yueke.booking.queries.absences import anybody_came, lost_by_absence
from yueke.booking.queries.ahead import number_then
from yueke.booking.queries.of_lesson import count_lessons, lesson_ids_of_slot, seat_ids_of_lesson
from yueke.booking.queries.past import known_teachers, starts_of_seats
from yueke.booking.queries.search import (
    Search,
    find_half_hours,
    find_teachers,
    get_free_times,
)
from yueke.booking.queries.seats import (
    LessonRow,
    Which,
    get_lesson,
    get_lessons,
    list_lessons,
)
from yueke.booking.queries.stand_in import find_stand_ins, find_stand_ins_of_each

__all__ = [
    "LessonRow",
    "Search",
    "Which",
    "anybody_came",
    "count_lessons",
    "find_half_hours",
    "find_stand_ins",
    "find_stand_ins_of_each",
    "find_teachers",
    "get_free_times",
    "get_lesson",
    "get_lessons",
    "known_teachers",
    "lesson_ids_of_slot",
    "list_lessons",
    "lost_by_absence",
    "number_then",
    "seat_ids_of_lesson",
    "starts_of_seats",
]
