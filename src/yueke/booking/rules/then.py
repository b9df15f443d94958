"""How a lesson or a slot stood at a moment, told from what had happened by then, first to last."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final, Protocol

# Events that stand with the lesson come to, and name the one left; to that they are the last kind.
EXCHANGED: Final = ("lesson.exchanged", "lesson.moved")
EXCHANGED_AWAY: Final = "lesson.exchanged_away"


class Told(Protocol):
    """An event of the log."""

    kind: str
    learner_id: int | None
    teacher_id: int | None
    data: Any


@dataclass(slots=True)
class LessonThen:
    """A lesson: its state, who taught it, who had seats, and which lesson of the course it was.

    `state` is None before it was booked, then booked, vacant, finished or cancelled.
    """

    state: str | None = None
    teacher_id: int | None = None
    learners: list[int] = field(default_factory=list)
    number: int | None = None
    absent: set[int] = field(default_factory=set)
    # A class stays when its last learner leaves.
    is_class: bool = False


@dataclass(slots=True)
class SlotThen:
    """A half-hour: open or not offered (None), and for whom it was kept."""

    state: str | None = None
    target_kind: str | None = None
    target_id: int | None = None


def lesson_then(events: Iterable[Told]) -> LessonThen:
    """Return how a lesson stood after these events of it, given in their order."""
    lesson = LessonThen()
    for event in events:
        step = _LESSON.get(event.kind)
        if step:
            step(lesson, event)
    return lesson


def slot_then(events: Iterable[Told]) -> SlotThen:
    """Return how a slot stood after these events of its own, lessons on it left aside."""
    slot = SlotThen()
    for event in events:
        if event.kind in ("slot.released", "slot.targeted"):
            target = event.data.get("target")
            slot = SlotThen("open", target, event.data.get("target_id"))
        elif event.kind == "slot.held":
            slot = SlotThen("held", "product", event.data["product_id"])
        elif event.kind == "slot.let_go":
            slot = SlotThen("open")
        elif event.kind in ("slot.withdrawn", "slot.reservation_expired"):
            slot = SlotThen()
    return slot


def is_occupied(lesson: LessonThen, teacher_id: int) -> bool:
    """Tell whether a lesson lay on its half-hours of a teacher."""
    return lesson.teacher_id == teacher_id and lesson.state in ("booked", "vacant", "finished")


def _created(lesson: LessonThen, event: Told) -> None:
    lesson.state, lesson.teacher_id, lesson.is_class = "booked", event.teacher_id, True


def _came(lesson: LessonThen, event: Told) -> None:
    lesson.state, lesson.teacher_id = "booked", event.teacher_id
    if event.learner_id is not None:
        lesson.learners.append(event.learner_id)


def _moved(lesson: LessonThen, event: Told) -> None:
    _came(lesson, event)
    lesson.number = event.data["number"]


def _left(state: str) -> Callable[[LessonThen, Told], None]:
    def step(lesson: LessonThen, event: Told) -> None:
        lesson.learners = [one for one in lesson.learners if one != event.learner_id]
        if not lesson.learners and not lesson.is_class:
            lesson.state = state

    return step


def _absent(lesson: LessonThen, event: Told) -> None:
    if event.learner_id is not None:
        lesson.absent.add(event.learner_id)
    if _nobody_came(lesson):
        lesson.state = "finished"
    if event.data.get("refunded"):
        lesson.learners = [one for one in lesson.learners if one != event.learner_id]


def _came_after_all(lesson: LessonThen, event: Told) -> None:
    was_taught = lesson.state == "finished" and not _nobody_came(lesson)
    lesson.absent.discard(event.learner_id or 0)
    lesson.learners = [one for one in lesson.learners if one != event.learner_id]
    _came(lesson, event)
    if was_taught:
        lesson.state = "finished"


def _opened_again(lesson: LessonThen, event: Told) -> None:
    if _nobody_came(lesson):
        lesson.absent = set()
    lesson.state = "booked"


def _nobody_came(lesson: LessonThen) -> bool:
    return lesson.absent >= set(lesson.learners)


def _becomes(state: str) -> Callable[[LessonThen, Told], None]:
    def step(lesson: LessonThen, event: Told) -> None:
        lesson.state = state

    return step


def _taught_by(lesson: LessonThen, event: Told) -> None:
    lesson.teacher_id = event.teacher_id


def _taught(lesson: LessonThen, event: Told) -> None:
    lesson.number = event.data.get("number")


_LESSON: Final[Mapping[str, Callable[[LessonThen, Told], None]]] = {
    "class.created": _created,
    "class.cancelled": _becomes("cancelled"),
    "lesson.booked": _came,
    "lesson.swapped_in": _came,
    "lesson.cancelled": _left("cancelled"),
    "lesson.fake_cancelled": _left("vacant"),
    "lesson.swapped_out": _left("vacant"),
    "lesson.exchanged": _came,
    "lesson.moved": _moved,
    EXCHANGED_AWAY: _left("vacant"),
    "lesson.finished": _becomes("finished"),
    "lesson.finished_without_learner": _becomes("finished"),
    "lesson.finish_undone": _opened_again,
    "lesson.absence_undone": _came_after_all,
    "lesson.teacher_absent": _left("cancelled"),
    "lesson.learner_absent": _absent,
    "lesson.teacher_changed": _taught_by,
    "lesson.matched": _taught_by,
    "lesson.unmatched": _left("cancelled"),
    "lesson.courseware_changed": _taught,
}
