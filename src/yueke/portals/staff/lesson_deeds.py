"""What staff may do with one lesson: one row a deed, with what a channel needs and when it fits."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from yueke.booking import commands, courseware, lessons
from yueke.booking.orders import CancelSeat, Order
from yueke.booking.queries import LessonRow
from yueke.kernel.outcome import Answer
from yueke.kernel.refusal import Refusal
from yueke.notices.once import Request
from yueke.people import channels
from yueke.portals.lesson_state import is_over
from yueke.portals.staff import lesson_choices
from yueke.portals.staff.lesson_choices import Chooser


@dataclass(frozen=True, slots=True)
class Particulars:
    """What a deed is done to, and how: the number of what was chosen, and why."""

    seat_id: int
    chosen: int | None = None
    reason: str = ""


Act = Callable[[Request, Particulars], Answer[Any] | Refusal]


@dataclass(frozen=True, slots=True)
class LessonDeed:
    """One row. A channel needs `need` in the table of permissions, perhaps for its product.

    `fits` says when it is offered, `chooses` what is chosen first. `back` is the code of the deed
    that undoes it, if there is one. `label` stands on its button, `title` over its sheet, `told`
    says what was done.
    """

    code: str
    need: tuple[str, str]
    fits: Callable[[LessonRow, datetime], bool]
    act: Act
    label: Promise
    title: Promise
    told: Promise
    chooses: Chooser | None = None
    back: str = ""
    asks_why: bool = True
    is_danger: bool = False


def _cancel(request: Request, asked: Particulars) -> Answer[Any] | Refusal:
    command = CancelSeat(asked.seat_id, asked.reason)
    order = Order(request.actor, request.key, request.body_hash, [command])
    [answer] = commands.cancel_seats(
        market_id=request.actor.market_id, now=request.now, orders=[order]
    )
    return answer


def _finish(request: Request, asked: Particulars) -> Answer[Any]:
    return lessons.finish(request, seat_id=asked.seat_id, reason=asked.reason)


def _undo_finish(request: Request, asked: Particulars) -> Answer[Any]:
    return lessons.undo_finish(request, seat_id=asked.seat_id, reason=asked.reason)


def _change_teacher(request: Request, asked: Particulars) -> Answer[Any]:
    assert asked.chosen is not None
    return lessons.change_teacher(
        request, seat_id=asked.seat_id, teacher_id=asked.chosen, reason=asked.reason
    )


def _change_courseware(request: Request, asked: Particulars) -> Answer[Any]:
    return courseware.change_courseware(
        request, seat_id=asked.seat_id, number=asked.chosen, reason=asked.reason
    )


def _to_come(row: LessonRow, now: datetime) -> bool:
    return row.state == "live" and row.starts_at > now


def _begun(row: LessonRow, now: datetime) -> bool:
    return row.state == "live" and row.starts_at <= now


def _not_over(row: LessonRow, now: datetime) -> bool:
    return row.state == "live" and not is_over(row=row, now=now)


FINISH: Final = LessonDeed(
    "finish", ("finish", "lesson"), _begun, _finish,
    pgettext_lazy("a deed with a lesson", "Finish"), _("Finish this lesson?"), _("Finished."),
    back="undo-finish", asks_why=False,
)  # fmt: skip
UNDO_FINISH: Final = LessonDeed(
    "undo-finish", ("finish", "lesson"), lambda row, now: row.state == "finished", _undo_finish,
    _("Take the finish back"), _("Take the finish back?"), _("The finish was taken back."),
    back="finish",
)  # fmt: skip
CHANGE_TEACHER: Final = LessonDeed(
    "teacher", ("change", "teacher"), _not_over, _change_teacher,
    _("Change the teacher"), _("Change the teacher?"), _("Another teacher has the lesson."),
    chooses=lesson_choices.TEACHER, back="teacher",
)  # fmt: skip
CHANGE_COURSEWARE: Final = LessonDeed(
    "courseware", ("change", "courseware"), _not_over, _change_courseware,
    _("Change the courseware"), _("Teach another lesson of the course?"),
    _("The courseware was changed."),
    chooses=lesson_choices.COURSEWARE, back="courseware", asks_why=False,
)  # fmt: skip
CANCEL: Final = LessonDeed(
    "cancel", ("cancel", "lesson"), _to_come, _cancel,
    _("Cancel the lesson"), _("Cancel this lesson?"), _("Cancelled."), is_danger=True,
)  # fmt: skip

LESSON_DEEDS: Final = {
    deed.code: deed for deed in (FINISH, UNDO_FINISH, CHANGE_TEACHER, CHANGE_COURSEWARE, CANCEL)
}


def deeds_for(*, channel: str, row: LessonRow, now: datetime) -> list[LessonDeed]:
    """Return what a channel may do with a lesson as it stands."""
    return [
        deed
        for deed in LESSON_DEEDS.values()
        if channels.may_for(channel, *deed.need, row.product) and deed.fits(row, now)
    ]
