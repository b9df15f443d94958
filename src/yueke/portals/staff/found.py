"""What a search over learners, teachers and lessons finds: by name, pinyin, phone or id."""

from typing import Final

from yueke.booking import queries as booking_queries
from yueke.booking.refusals import LessonNotFound
from yueke.people import queries as people_queries
from yueke.people.models import Learner, Teacher
from yueke.portals import ids
from yueke.portals.staff.desk import Desk
from yueke.portals.staff.lesson_rows import ShownLesson, show

SHOWN: Final = 8


def everything(*, desk: Desk, text: str) -> dict[str, object]:
    """Return the first few of each kind that the caller may see, and whether there are more."""
    if not text:
        return {"learners": [], "teachers": [], "lessons": []}
    learners = learners_of(desk=desk, text=text)
    teachers = teachers_of(desk=desk, text=text)
    return {
        "learners": [
            {"learner": learner, "id": ids.LEARNER.show(learner.pk)} for learner in learners[:SHOWN]
        ],
        "more_learners": len(learners) > SHOWN,
        "teachers": [
            {"teacher": teacher, "id": ids.TEACHER.show(teacher.pk)} for teacher in teachers[:SHOWN]
        ],
        "more_teachers": len(teachers) > SHOWN,
        "lessons": lessons_of(desk=desk, text=text),
    }


def learners_of(*, desk: Desk, text: str) -> list[Learner]:
    """Return learners by name or phone, or the one with this id.

    Whoever sees wallets but not learners finds by id alone.
    """
    actor = desk.caller.actor
    number = ids.LEARNER.read(text)
    if number is not None and (desk.allowed.sees_learners or desk.allowed.sees_wallet):
        found = Learner.objects.select_related("family")
        return list(found.filter(market_id=desk.market_id, id=number))
    if not desk.allowed.sees_learners:
        return []
    return list(people_queries.find_learners(actor=actor, text=text)[: SHOWN + 1])


def teachers_of(*, desk: Desk, text: str) -> list[Teacher]:
    """Return teachers by name, or the one with this id."""
    if not desk.allowed.sees_teachers:
        return []
    number = ids.TEACHER.read(text)
    if number is not None:
        return list(Teacher.objects.filter(market_id=desk.market_id, id=number))
    return list(people_queries.find_teachers(actor=desk.caller.actor, text=text)[: SHOWN + 1])


def lessons_of(*, desk: Desk, text: str) -> list[ShownLesson]:
    """Return the lesson with this id, that of a seat or of the whole lesson."""
    if not desk.allowed.sees_lessons:
        return []
    seat_id = ids.SEAT.read(text)
    seats = [] if seat_id is None else [seat_id]
    lesson_id = ids.LESSON.read(text)
    if lesson_id is not None:
        seats = booking_queries.seat_ids_of_lesson(market_id=desk.market_id, lesson_id=lesson_id)
    try:
        rows = [booking_queries.get_lesson(actor=desk.caller.actor, seat_id=s) for s in seats]
    except LessonNotFound:
        return []
    return [show(row=row, now=desk.caller.now) for row in rows]
