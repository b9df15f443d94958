"""What staff may do with one lesson: one row a deed, with what a channel needs and when it fits."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from yueke.booking.classes import create, hand_over
from yueke.booking.deeds import ACTS, Act
from yueke.booking.queries import LessonRow, anybody_came, lost_by_absence
from yueke.booking.rules.lesson import UNDO_DAYS
from yueke.kernel.actor import Actor
from yueke.people import channels
from yueke.portals.lesson_state import is_over
from yueke.portals.staff import lesson_choices
from yueke.portals.staff.lesson_choices import Chooser


@dataclass(frozen=True, slots=True)
class LessonDeed:
    """One row. A channel needs `need` in the table of permissions, perhaps for its product.

    `fits` says when it is offered, `chooses` what is chosen first. `back` is the code of the deed
    that undoes it, where the lesson as it stands since allows that; `in_bulk` may be done to many
    lessons at once; what `is_paid` is by the learner who is chosen. `label` stands on its button,
    `title` over its sheet, `told` says what was done.
    """

    code: str
    need: tuple[str, str]
    fits: Callable[[LessonRow, datetime], bool]
    label: Promise
    title: Promise
    told: Promise
    chooses: Chooser | None = None
    back: str = ""
    asks_why: bool = True
    is_danger: bool = False
    in_bulk: bool = False
    is_paid: bool = False

    @property
    def act(self) -> Act:
        """The command that carries it out."""
        return ACTS[self.code]


def _to_come(row: LessonRow, now: datetime) -> bool:
    return row.state == "live" and row.starts_at > now


def _kept_by_teacher(row: LessonRow, now: datetime) -> bool:
    return _to_come(row, now) and row.teacher_id is not None


def _has_place(row: LessonRow, now: datetime) -> bool:
    return row.state in ("live", "vacant") and row.starts_at > now


def _begun(row: LessonRow, now: datetime) -> bool:
    return row.state == "live" and row.starts_at <= now


def _taught(row: LessonRow, now: datetime) -> bool:
    return _begun(row, now) and row.teacher_id is not None


def _not_over(row: LessonRow, now: datetime) -> bool:
    return row.state == "live" and not is_over(row=row, now=now)


def _attended(row: LessonRow, now: datetime) -> bool:
    return _begun(row, now) and not row.absent


def _missed_lately(row: LessonRow, now: datetime) -> bool:
    is_missed = row.absent or row.state in ("cancelled", "finished")
    last = row.starts_at + timedelta(minutes=row.minutes, days=UNDO_DAYS)
    return is_missed and row.starts_at <= now <= last


def _has_teacher(row: LessonRow, now: datetime) -> bool:
    return row.state in ("live", "vacant") and not is_over(row=row, now=now)


FINISH: Final = LessonDeed(
    "finish", ("finish", "lesson"), _taught,
    pgettext_lazy("a deed with a lesson", "Finish"), _("Finish this lesson?"), _("Finished."),
    back="undo-finish", asks_why=False, in_bulk=True,
)  # fmt: skip
UNDO_FINISH: Final = LessonDeed(
    "undo-finish", ("finish", "lesson"), lambda row, now: row.state == "finished",
    _("Take the finish back"), _("Take the finish back?"), _("The finish was taken back."),
    back="finish",
)  # fmt: skip
CHANGE_TEACHER: Final = LessonDeed(
    "teacher", ("change", "teacher"), _has_teacher,
    _("Change the teacher"), _("Change the teacher?"), _("Another teacher has the lesson."),
    chooses=lesson_choices.TEACHER, back="teacher", in_bulk=True,
)  # fmt: skip
CHANGE_COURSEWARE: Final = LessonDeed(
    "courseware", ("change", "courseware"), _not_over,
    _("Change the courseware"), _("Teach another lesson of the course?"),
    _("The courseware was changed."),
    chooses=lesson_choices.COURSEWARE, back="courseware", asks_why=False,
)  # fmt: skip
TEACHER_ABSENT: Final = LessonDeed(
    "teacher-absent", ("absent", "teacher"), _begun,
    _("The teacher didn't come"), _("Did the teacher not come?"),
    _("It is noted that the teacher didn't come."), back="undo-absence", is_danger=True,
    in_bulk=True,
)  # fmt: skip
UNDO_ABSENCE: Final = LessonDeed(
    "undo-absence", ("absent", "teacher"), _missed_lately,
    _("Take the absence back"), _("Did they come after all?"), _("It was taken back."),
)  # fmt: skip
LEARNER_ABSENT: Final = LessonDeed(
    "learner-absent", ("absent", "learner"), _attended,
    _("The learner didn't come"), _("Did the learner not come?"),
    _("It is noted that the learner didn't come."), back="undo-absence", is_danger=True,
    in_bulk=True,
)  # fmt: skip
SWAP: Final = LessonDeed(
    "swap", ("swap", "student"), _has_place,
    _("Swap the student"), _("Let another learner take the place?"),
    _("Another learner has the place."),
    chooses=lesson_choices.LEARNER, is_paid=True,
)  # fmt: skip
EXCHANGE_LEARNERS: Final = LessonDeed(
    "exchange-learners", ("exchange", "learners"), _to_come,
    _("Exchange learners"), _("Let two learners exchange places?"), _("They exchanged places."),
    chooses=lesson_choices.OTHER_LESSON,
)  # fmt: skip
EXCHANGE_TEACHERS: Final = LessonDeed(
    "exchange-teachers", ("exchange", "teachers"), _to_come,
    _("Exchange teachers"), _("Let two teachers exchange lessons?"), _("They exchanged lessons."),
    chooses=lesson_choices.OTHER_LESSON, back="exchange-teachers",
)  # fmt: skip
EXCHANGE_LESSONS: Final = LessonDeed(
    "exchange-lessons", ("exchange", "lessons"), _kept_by_teacher,
    _("Exchange times"), _("Let two lessons exchange their times?"), _("They exchanged times."),
    chooses=lesson_choices.OTHER_LESSON,
)  # fmt: skip
FAKE_CANCEL: Final = LessonDeed(
    "fake-cancel", ("fake-cancel", "lesson"), _kept_by_teacher,
    _("Cancel, keep the teacher"), _("Let the learner leave and keep the teacher's time?"),
    _("The learner left, the teacher's time is kept."), is_danger=True, in_bulk=True,
)  # fmt: skip
CANCEL: Final = LessonDeed(
    "cancel", ("cancel", "lesson"), _has_place,
    _("Cancel the lesson"), _("Cancel this lesson?"), _("Cancelled."),
    is_danger=True, in_bulk=True,
)  # fmt: skip

LESSON_DEEDS: Final = {
    deed.code: deed
    for deed in (
        FINISH, UNDO_FINISH, CHANGE_TEACHER, CHANGE_COURSEWARE, SWAP, EXCHANGE_LEARNERS,
        EXCHANGE_TEACHERS, EXCHANGE_LESSONS, TEACHER_ABSENT, UNDO_ABSENCE, LEARNER_ABSENT,
        FAKE_CANCEL, CANCEL,
    )
}  # fmt: skip


def deeds_for(*, actor: Actor, row: LessonRow, now: datetime) -> list[LessonDeed]:
    """Return what a member of staff may do with a lesson as it stands.

    Nothing with a class once it was handed over.
    Only the log tells why a seat was lost: what took it tells what brings it back. A finish is
    taken back only where somebody came.
    """
    found = [
        deed
        for deed in LESSON_DEEDS.values()
        if channels.may_for(actor.channel, *deed.need, row.product) and deed.fits(row, now)
    ]
    if found and row.product == create.PRODUCT and hand_over.is_out(actor=actor, now=now):
        return []
    if UNDO_ABSENCE not in found:
        return found
    wrong = _wrong_way_back(actor, row)
    return [deed for deed in found if deed is not wrong]


def _wrong_way_back(actor: Actor, row: LessonRow) -> LessonDeed | None:
    market_id = actor.market_id
    if row.absent:
        came = anybody_came(market_id=market_id, lesson_id=row.lesson_id)
        return None if came else UNDO_FINISH
    return UNDO_FINISH if lost_by_absence(market_id=market_id, row=row) else UNDO_ABSENCE


def way_back(*, actor: Actor, row: LessonRow, deed: LessonDeed, now: datetime) -> LessonDeed | None:
    """Return what undoes a deed that was just done, if the lesson as it stands since allows it."""
    if not deed.back:
        return None
    fitting = deeds_for(actor=actor, row=row, now=now)
    return next((one for one in fitting if one.code == deed.back), None)


def deeds_in_bulk(*, channel: str) -> list[LessonDeed]:
    """Return what a channel may do with many lessons at once."""
    return [
        deed for deed in LESSON_DEEDS.values() if deed.in_bulk and channels.may(channel, *deed.need)
    ]
