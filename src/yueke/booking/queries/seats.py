"""What has been booked: lessons as a caller may see them, one row a seat."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from yueke.booking.refusals import LessonNotFound
from yueke.kernel.actor import Actor
from yueke.kernel.columns import numbers
from yueke.kernel.containing import containing
from yueke.kernel.grid import cells_of
from yueke.kernel.transaction import read
from yueke.people import channels


@dataclass(frozen=True, slots=True)
class LessonRow:
    """A seat with its lesson, learner, teacher and product. Times in UTC, `minutes` long.

    `state` is live, finished, cancelled, or vacant: the learner left, and another may come.
    `level` and `course` are of the learner's course; `course_number` and `courseware` say which
    lesson of it was taught or has been chosen, none where it is the learner's next.
    """

    seat_id: int
    lesson_id: int
    state: str
    starts_at: datetime
    minutes: int
    learner_id: int
    learner_name: str
    family_id: int
    teacher_id: int | None
    teacher_name: str | None
    teacher_zone: str | None
    product: str
    product_name_zh: str
    product_name_en: str
    level: int | None
    course: str | None
    asset: str
    paid: int
    refunded: int
    free_cancel_hours: int
    course_number: int | None
    courseware: str | None
    absent: bool

    @property
    def times(self) -> tuple[datetime, ...]:
        """The half-hours it takes; its last minutes may be a pause."""
        return cells_of(self.starts_at, -(-self.minutes // 30))


@dataclass(frozen=True, slots=True)
class Which:
    """Which lessons: of a learner, of a teacher, in a half-open range, in a state, of a name.

    `text` is looked for in the learner's names and pinyin and in the teacher's name. `ends_after`
    and `ends_by` tell lessons by their own ends, `class_teacher_id` by who cares for the learner,
    `booked_by` by whose login gave the seat.
    Live are also vacant lessons, but not for a learner who has left one.
    `after` is the (start, seat id) that ended the page before; `newest_first` turns the order.
    """

    learner_id: int | None = None
    teacher_id: int | None = None
    begin: datetime | None = None
    end: datetime | None = None
    state: str | None = None
    text: str = ""
    after: tuple[datetime, int] | None = None
    newest_first: bool = False
    ends_after: datetime | None = None
    ends_by: datetime | None = None
    product: str | None = None
    class_teacher_id: int | None = None
    booked_by: int | None = None
    without_teacher: bool = False
    seat_ids: tuple[int, ...] | None = None


def list_lessons(*, actor: Actor, which: Which, size: int = 50) -> list[LessonRow]:
    """Return lessons within the caller's reach in order of start. Refuses: channel_may_not."""
    channels.require(actor, "see", "lessons")
    after_at, after_id = which.after or (None, None)
    params: dict[str, Any] = {
        "market_id": actor.market_id,
        "family_id": actor.family_id,
        "learner_id": which.learner_id,
        "teacher_id": actor.teacher_id or which.teacher_id,
        "begin": which.begin,
        "end": which.end,
        "state": which.state,
        "text": containing(which.text) if which.text else None,
        "ends_after": which.ends_after,
        "ends_by": which.ends_by,
        "product": which.product,
        "class_teacher_id": which.class_teacher_id,
        "booked_by": which.booked_by,
        "without_teacher": which.without_teacher,
        "seat_ids": None if which.seat_ids is None else numbers(which.seat_ids),
        "after_at": after_at,
        "after_id": after_id,
        "size": size,
    }
    name = "list_lessons_newest_first" if which.newest_first else "list_lessons"
    with read() as work:
        return [LessonRow(*row) for row in work.run_for_values("yueke.booking", name, params)]


def get_lesson(*, actor: Actor, seat_id: int) -> LessonRow:
    """Return one seat's lesson within the caller's reach, or refuse (lesson_not_found)."""
    channels.require(actor, "see", "lessons")
    with read() as work:
        params = {
            "market_id": actor.market_id,
            "seat_id": seat_id,
            "family_id": actor.family_id,
            "teacher_id": actor.teacher_id,
        }
        row = work.run("yueke.booking", "get_lesson", params).fetchone()
    if row is None:
        raise LessonNotFound(seat_id)
    return LessonRow(*row)


def get_lessons(*, actor: Actor, seat_ids: Sequence[int]) -> dict[int, LessonRow]:
    """Return the lessons of seats within the caller's reach. Refuses: channel_may_not."""
    which = Which(seat_ids=tuple(seat_ids))
    rows = list_lessons(actor=actor, which=which, size=len(seat_ids))
    return {row.seat_id: row for row in rows}
