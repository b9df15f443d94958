"""Deeds with many lessons, decided one after another: each leaves the facts for the next one.

What a deed would be refused is decided as its command decides it, and a deed that is accepted
changes the lessons and the time in memory alone.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

from yueke.booking.refusals import LessonNotFound
from yueke.booking.rules import lesson as rules
from yueke.booking.rules.facts import Cell
from yueke.booking.rules.lesson import LockedLesson
from yueke.booking.rules.place import decide_fake_cancel
from yueke.inventory.rules.locked_slot import TaughtSlot
from yueke.kernel.actor import Actor
from yueke.kernel.refusal import Refusal
from yueke.people import channels
from yueke.people.refusals import TeacherNotFound

# Time that goes to anyone when its lesson loses it, though it was kept for somebody.
_KEPT_ONCE = ("contract", "priority")


@dataclass(slots=True)
class Time(TaughtSlot):
    """A half-hour of a teacher, and what becomes of it when its lesson loses it (T-3, F-1)."""

    kept_on_cancel: bool | None

    def leave_open(self) -> bool:
        """Open it to whom it was open, as its lesson has lost it; return whether it stays."""
        kept = self.kept_on_cancel
        if kept is not None or self.target_kind in _KEPT_ONCE:
            self.target_kind = self.target_id = self.reserved_until = None
        self.state, self.kept_on_cancel = "open", None
        return kept is not False


@dataclass(slots=True)
class Facts:
    """What the deeds of one actor at one moment are decided on.

    `lessons` are by the seat that names each, `times` around them by teacher and half-hour,
    `teachers` those of the market that were named, and `refunded` the starts of lessons at which
    what a learner paid comes back who does not come.
    """

    actor: Actor
    now: datetime
    lessons: Mapping[int, LockedLesson]
    times: dict[Cell, Time] = field(default_factory=dict)
    teachers: Collection[int] = ()
    refunded: Collection[datetime] = ()

    def lesson(self, seat_id: int) -> LockedLesson:
        """Return the lesson of a seat within the actor's reach, or refuse (lesson_not_found)."""
        found = self.lessons.get(seat_id)
        if found is None or not found.is_within(self.actor):
            raise LessonNotFound(seat_id)
        return found

    def seats_of(self, lesson: LockedLesson) -> list[LockedLesson]:
        """Return a lesson as each seat names it that is known of."""
        return [one for one in self.lessons.values() if one.id == lesson.id]


Decide = Callable[[Facts, int, int | None], None]


def decide_in_turn(
    decide: Decide, facts: Facts, rows: Sequence[tuple[int, int | None]]
) -> list[Refusal | None]:
    """Return what each row would be refused, a seat with the number of what was chosen for it."""
    found: list[Refusal | None] = []
    for seat_id, chosen in rows:
        try:
            decide(facts, seat_id, chosen)
        except Refusal as refusal:
            found.append(refusal.as_answer())
        else:
            found.append(None)
    return found


def _finish(facts: Facts, seat_id: int, chosen: int | None) -> None:
    channels.require(facts.actor, "finish", "lesson")
    lesson = facts.lesson(seat_id)
    rules.check_finish(lesson, facts.now)
    _become(facts, lesson, "finished")


def _teacher_absent(facts: Facts, seat_id: int, chosen: int | None) -> None:
    lesson = _check_absence(facts, seat_id, "teacher")
    for seat in facts.seats_of(lesson):
        seat.seat_state = "cancelled"
    _become(facts, lesson, "cancelled")


def _learner_absent(facts: Facts, seat_id: int, chosen: int | None) -> None:
    lesson = _check_absence(facts, seat_id, "learner")
    if lesson.starts_at in facts.refunded:
        lesson.seat_state = "cancelled"
        left = _leave(facts, lesson)
    else:
        lesson.absent = True
        left = _miss(facts, lesson)
    if not left:
        _become(facts, lesson, "finished")


def _fake_cancel(facts: Facts, seat_id: int, chosen: int | None) -> None:
    actor = facts.actor
    channels.require(actor, "fake-cancel", "lesson")
    lesson = facts.lesson(seat_id)
    channels.require(actor, "fake-cancel", lesson.kind)
    decide_fake_cancel(lesson, side=channels.side(actor.channel), now=facts.now)
    lesson.seat_state = "cancelled"


def _change_teacher(facts: Facts, seat_id: int, chosen: int | None) -> None:
    channels.require_for_some(facts.actor, "change", "teacher")
    assert chosen is not None
    if chosen not in facts.teachers:
        raise TeacherNotFound(chosen)
    lesson = facts.lesson(seat_id)
    channels.require_for(facts.actor, "change", "teacher", lesson.product)
    new = [(chosen, cell) for cell in lesson.times]
    times = {cell: facts.times[cell] for cell in new if cell in facts.times}
    rules.check_new_teacher(lesson, chosen, times, facts.now)
    for _, cell in new:
        _lose(facts, lesson, cell)
    for time in times.values():
        time.state = "booked"
    for seat in facts.seats_of(lesson):
        seat.teacher_id = chosen


def _check_absence(facts: Facts, seat_id: int, who: str) -> LockedLesson:
    channels.require(facts.actor, "absent", who)
    lesson = facts.lesson(seat_id)
    channels.require(facts.actor, "absent", "open" if lesson.is_class else who)
    rules.check_absence(lesson, facts.now)
    return lesson


def _become(facts: Facts, lesson: LockedLesson, state: str) -> None:
    for seat in facts.seats_of(lesson):
        seat.state = state


def _leave(facts: Facts, lesson: LockedLesson) -> int:
    """Let the seat's learner leave; return how many stay."""
    for seat in facts.seats_of(lesson):
        seat.seats_taken -= 1
    return lesson.seats_taken


def _miss(facts: Facts, lesson: LockedLesson) -> int:
    """Let the seat's learner miss the lesson; return how many are there."""
    for seat in facts.seats_of(lesson):
        seat.learners.remove(lesson.learner_id)
    return len(lesson.learners)


def _lose(facts: Facts, lesson: LockedLesson, cell: datetime) -> None:
    """Give a half-hour back that the lesson's teacher had for it."""
    if lesson.teacher_id is None:
        return
    time = facts.times.get((lesson.teacher_id, cell))
    if time and (not time.leave_open() or lesson.starts_at <= facts.now):
        del facts.times[lesson.teacher_id, cell]


DECIDED: Final[Mapping[str, Decide]] = {
    "finish": _finish,
    "teacher": _change_teacher,
    "teacher-absent": _teacher_absent,
    "learner-absent": _learner_absent,
    "fake-cancel": _fake_cancel,
}
