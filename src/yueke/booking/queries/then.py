"""How lessons, slots and learners' seats stood at a moment, rebuilt from the log."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from yueke.booking.models import Lesson
from yueke.booking.rules.then import (
    EXCHANGED,
    EXCHANGED_AWAY,
    LessonThen,
    SlotThen,
    Told,
    is_occupied,
    lesson_then,
    slot_then,
)
from yueke.curriculum.models import CELLS_MAX
from yueke.kernel.grid import HALF_HOUR, cells_of
from yueke.notices.models import Event

LONGEST = CELLS_MAX * HALF_HOUR


@dataclass(frozen=True, slots=True)
class CellThen:
    """A half-hour of a teacher: its slot, and the lesson that lay on it."""

    slot: SlotThen
    lesson_id: int | None = None

    @property
    def state(self) -> str | None:
        """Booked, open, or None where nothing was offered."""
        return "booked" if self.lesson_id else self.slot.state


def get_lesson_then(*, market_id: int, lesson_id: int, at: datetime) -> LessonThen:
    """Return how a lesson stood."""
    return _lessons_then(market_id, [lesson_id], at)[lesson_id]


def list_cells_then(
    *, market_id: int, teacher_id: int, begin: datetime, end: datetime, at: datetime
) -> dict[datetime, CellThen]:
    """Return how each half-hour of a teacher in a half-open range stood, if it was offered."""
    events = list(
        Event.objects.filter(
            market_id=market_id,
            teacher_id=teacher_id,
            starts_at__gt=begin - LONGEST,
            starts_at__lt=end,
            at__lte=at,
        ).order_by("at", "id")
    )
    own: dict[datetime, list[Event]] = {}
    for event in events:
        if event.starts_at is not None and event.starts_at >= begin and event.lesson_id is None:
            own.setdefault(event.starts_at, []).append(event)
    cells = {start: CellThen(slot_then(told)) for start, told in own.items()}
    lesson_ids = {event.lesson_id for event in events if event.lesson_id is not None}
    then = _lessons_then(market_id, lesson_ids, at)
    for lesson in Lesson.objects.filter(market_id=market_id, id__in=lesson_ids):
        if not is_occupied(then[lesson.pk], teacher_id):
            continue
        for cell in cells_of(lesson.starts_at, lesson.cells):
            if begin <= cell < end:
                slot = cells[cell].slot if cell in cells else SlotThen()
                cells[cell] = CellThen(slot, lesson.pk)
    return {start: cell for start, cell in sorted(cells.items()) if cell.state}


def list_lessons_then(
    *, market_id: int, learner_id: int, at: datetime, days: int
) -> list[tuple[Lesson, LessonThen]]:
    """Return lessons in which a learner had a seat, on then or in so many days to come."""
    events = Event.objects.filter(
        market_id=market_id,
        learner_id=learner_id,
        at__lte=at,
        lesson_id__isnull=False,
        starts_at__gt=at - LONGEST,
        starts_at__lt=at + timedelta(days=days),
    )
    ids = set(events.values_list("lesson_id", flat=True))
    then = _lessons_then(market_id, [one for one in ids if one is not None], at)
    lessons = Lesson.objects.filter(market_id=market_id, id__in=then).order_by("starts_at", "id")
    return [
        (lesson, then[lesson.pk])
        for lesson in lessons
        if learner_id in then[lesson.pk].learners
        and lesson.starts_at + HALF_HOUR * lesson.cells > at
    ]


@dataclass(slots=True)
class _Away:
    """A learner who left a lesson for another, as an event of the lesson left."""

    learner_id: int | None
    teacher_id: int | None = None
    kind: str = EXCHANGED_AWAY
    data: Any = None


def _lessons_then(market_id: int, lesson_ids: Iterable[int], at: datetime) -> dict[int, LessonThen]:
    """Return how lessons stood; two queries for all."""
    wanted = set(lesson_ids)
    known = Event.objects.filter(market_id=market_id, at__lte=at).order_by("at", "id")
    told: dict[int, list[Told]] = {lesson_id: [] for lesson_id in wanted}
    events = list(known.filter(lesson_id__in=wanted))
    left = {event.data["left"] for event in events if event.kind in EXCHANGED}
    others = known.filter(lesson_id__in=left - wanted, kind__in=EXCHANGED) if left - wanted else ()
    for event in sorted([*events, *others], key=lambda event: (event.at, event.pk)):
        if event.kind in EXCHANGED and event.data["left"] in wanted:
            told[event.data["left"]].append(_Away(event.learner_id))
        if event.lesson_id in wanted:
            told[event.lesson_id].append(event)
    return {lesson_id: lesson_then(events) for lesson_id, events in told.items()}
