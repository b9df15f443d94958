"""Lock lessons with all that hangs on them, in the written order, and change one."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from yueke.booking.operations.lost_time import give_back
from yueke.booking.rules.facts import Cell
from yueke.booking.rules.lesson import LockedLesson
from yueke.curriculum import operations as curriculum
from yueke.inventory import operations as inventory
from yueke.inventory.rules.locked_slot import TaughtSlot
from yueke.kernel.actor import Actor
from yueke.kernel.columns import instants, numbers
from yueke.kernel.transaction import Question, Work
from yueke.notices import operations as notices
from yueke.notices.operations import Happened
from yueke.people.operations import LockedLearner, LockedTeacher

_ROOM = __package__.rpartition(".")[0]
Slots = Mapping[tuple[int, datetime], TaughtSlot]


@dataclass(slots=True)
class Locked:
    """Lessons by the seat that names each, slots around them, and the families of learners."""

    lessons: dict[int, LockedLesson]
    slots: Slots
    families: dict[int, int]


def lock(
    work: Work,
    *,
    market_id: int,
    seat_ids: Collection[int],
    learner_ids: Collection[int] = (),
    teacher_ids: Collection[int] = (),
    cells: Collection[Cell] = (),
    makes_slots: bool = False,
) -> Locked:
    """Lock the lessons of seats with all that hangs on them.

    Learners of the lessons and others named; the half-hours of every one of the lessons, of the
    teachers of all of them and others named, and `cells` of teachers; the lessons. With
    `makes_slots` their teachers as well, whose time may be made.
    """
    seats = numbers(seat_ids)
    named = (numbers(teacher for teacher, _ in cells), instants(at for _, at in cells))
    slots_of = (seats, market_id, numbers(teacher_ids), market_id, *named)
    with work.together():
        work.walk_indexes()
        # Each a statement of its own: what is read next must be as it is under these locks.
        learners = work.ask(
            Question(
                _ROOM,
                "lock_learners_of_lessons",
                (market_id, numbers(learner_ids), seats),
                LockedLearner,
            )
        )
        if makes_slots:
            work.ask(Question(_ROOM, "lock_teachers_of_lessons", (seats, market_id), LockedTeacher))
        slots = work.ask(Question(_ROOM, "lock_slots_of_lessons", slots_of, TaughtSlot))
        lessons = work.ask(Question(_ROOM, "lock_lessons", (market_id, seats), LockedLesson))
    return Locked(
        {lesson.seat_id: lesson for lesson in lessons.fetch()[0]},
        {(slot.teacher_id, slot.starts_at): slot for slot in slots.fetch()[0]},
        {learner.id: learner.family_id for learner in learners.fetch()[0]},
    )


def lock_alone(work: Work, *, market_id: int, seat_ids: Collection[int]) -> dict[int, LockedLesson]:
    """Return the lessons of seats by seat, locked without what hangs on them: to look at, only."""
    wanted = Question(_ROOM, "lock_lessons", (market_id, numbers(seat_ids)), LockedLesson)
    [found] = work.ask(wanted).fetch()
    return {lesson.seat_id: lesson for lesson in found}


def set_state(work: Work, *, market_id: int, lesson: LockedLesson, state: str) -> None:
    """Give a lesson a state; its learners move on when it is finished, and back when not."""
    work.write(_ROOM, "set_lesson_state", (state, market_id, lesson.id))
    if lesson.course_id is not None and state == "finished":
        _move_on(work, market_id, lesson, lesson.course_id, lesson.learners)
    if lesson.course_id is not None and lesson.state == "finished":
        _move_back(work, market_id, lesson, lesson.course_id)
    if lesson.state == "finished" and not lesson.learners:
        work.write(_ROOM, "forget_absence", (market_id, lesson.id))
    lesson.state = state


def count_as_taught(work: Work, *, market_id: int, lesson: LockedLesson, learner_id: int) -> None:
    """Let a learner who came to a finished lesson move on in the course as its others did."""
    work.write(_ROOM, "set_lesson_state", ("finished", market_id, lesson.id))
    if lesson.course_id is not None:
        _move_on(work, market_id, lesson, lesson.course_id, [learner_id])
    lesson.state = "finished"


def _move_on(
    work: Work,
    market_id: int,
    lesson: LockedLesson,
    course_id: int,
    learner_ids: Collection[int],
) -> None:
    moved = curriculum.move_progress_on(
        work, learner_ids=learner_ids, course_id=course_id, number=lesson.course_number
    )
    noted = (
        numbers(one.number for one in moved),
        numbers(one.lessons for one in moved),
        numbers(one.learner_id for one in moved),
    )
    work.write(_ROOM, "note_taught", (*noted, market_id, lesson.id))


def _move_back(work: Work, market_id: int, lesson: LockedLesson, course_id: int) -> None:
    moved = work.run(_ROOM, "forget_taught", (market_id, lesson.id)).fetchall()
    curriculum.move_progress_back(work, course_id=course_id, moved=moved)


def lock_all_seats(work: Work, *, market_id: int, lesson_id: int) -> list[LockedLesson]:
    """Return a lesson, locked before, as each of its live seats names it, by learner."""
    seats = [row[0] for row in work.run(_ROOM, "live_seats", (market_id, lesson_id))]
    found = lock(work, market_id=market_id, seat_ids=seats).lessons
    return [found[seat] for seat in seats]


def lock_others(work: Work, *, market_id: int, lesson: LockedLesson) -> list[LockedLesson]:
    """Return a lesson as each of its live seats names it, by learner; one of them is locked."""
    if lesson.seat_state == "live" and lesson.seats_taken == 1:
        return [lesson]
    return lock_all_seats(work, market_id=market_id, lesson_id=lesson.id)


def mark_absent(work: Work, *, market_id: int, lesson: LockedLesson) -> None:
    """Note that the learner of the seat did not come."""
    work.write(_ROOM, "mark_absent", (market_id, lesson.seat_id))
    lesson.learners.remove(lesson.learner_id)


def forget_absence(work: Work, *, market_id: int, lesson: LockedLesson) -> None:
    """Note that the learner of the seat came after all.

    A lesson that was finished because nobody came is booked again; where others were taught, the
    learner moves on like them.
    """
    was_taught = lesson.was_taught
    work.write(_ROOM, "forget_one_absence", (market_id, lesson.seat_id))
    lesson.learners.append(lesson.learner_id)
    if was_taught:
        count_as_taught(work, market_id=market_id, lesson=lesson, learner_id=lesson.learner_id)
    elif lesson.state == "finished":
        set_state(work, market_id=market_id, lesson=lesson, state="booked")


def set_course_number(
    work: Work, *, market_id: int, lesson: LockedLesson, number: int | None
) -> None:
    """Choose which lesson of its course a lesson teaches; none: its learners' next."""
    work.write(_ROOM, "set_lesson_course_number", (number, market_id, lesson.id))
    lesson.course_number = number


def set_teacher(
    work: Work,
    *,
    actor: Actor,
    now: datetime,
    lesson: LockedLesson,
    teacher_id: int,
    reason: str,
) -> None:
    """Give a lesson to another teacher, whose slots it takes; its own are given back."""
    market_id = actor.market_id
    give_back(work, actor=actor, now=now, lessons=[lesson], reason=reason)
    taken = [(teacher_id, cell, lesson.id) for cell in lesson.times]
    inventory.take_slots(work, market_id=market_id, taken=taken)
    work.write(_ROOM, "set_lesson_teacher", (teacher_id, market_id, lesson.id))
    lesson.teacher_id = teacher_id


def set_teachers(work: Work, *, market_id: int, given: Sequence[tuple[int, int]]) -> None:
    """Give lessons, locked before and without teachers, theirs: (lesson id, teacher id)."""
    columns = (numbers(lesson for lesson, _ in given), numbers(teacher for _, teacher in given))
    work.write(_ROOM, "set_lesson_teachers", (*columns, market_id))


def replace_teacher(work: Work, *, market_id: int, lesson: LockedLesson, teacher_id: int) -> None:
    """Write who teaches a lesson, whose time has been taken before."""
    work.write(_ROOM, "set_lesson_teacher", (teacher_id, market_id, lesson.id))
    lesson.teacher_id = teacher_id


def exchange_teachers(
    work: Work,
    *,
    actor: Actor,
    now: datetime,
    pair: tuple[LockedLesson, LockedLesson],
    reason: str,
) -> None:
    """Let the teachers of two lessons teach each other's, each in slots of their own."""
    market_id = actor.market_id
    one, other = pair
    assert one.teacher_id is not None
    assert other.teacher_id is not None
    new = ((one, other.teacher_id), (other, one.teacher_id))
    taken = [(teacher_id, cell, lesson.id) for lesson, teacher_id in new for cell in lesson.times]
    cells = {(teacher_id, cell) for teacher_id, cell, _ in taken}
    give_back(work, actor=actor, now=now, lessons=pair, taken=cells, reason=reason)
    inventory.take_slots(work, market_id=market_id, taken=taken)
    one.teacher_id, other.teacher_id = other.teacher_id, one.teacher_id
    for lesson in pair:
        work.write(_ROOM, "set_lesson_teacher", (lesson.teacher_id, market_id, lesson.id))


def tell(
    work: Work,
    *,
    actor: Actor,
    now: datetime,
    lesson: LockedLesson,
    kind: str,
    reason: str,
    data: dict[str, object] | None = None,
) -> None:
    """Append what happened to the lesson."""
    happened = Happened(
        0,
        kind,
        actor,
        reason=reason,
        lesson_id=lesson.id,
        learner_id=lesson.learner_id,
        teacher_id=lesson.teacher_id,
        starts_at=lesson.starts_at,
        data=data or {},
    )
    notices.append_one(work, at=now, event=happened)
