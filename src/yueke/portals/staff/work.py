"""What each channel's staff do all day: one row a channel, for the queue of their console."""

from dataclasses import dataclass
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from yueke.portals.staff.sights import ALONE, COMING, LATE_ONES, NOW, Sight

TRIAL: Final = "trial"


@dataclass(frozen=True, slots=True)
class Work:
    """One row. The queue shows `sights` one after another, trouble first.

    `product` narrows it to one kind of lesson, `is_mine` to learners in one's own care if there
    are any; with `is_today` it shows the lessons of today that one has booked, or all. `works` is
    what stands in the middle, a key of `works.WORKS`; where that has nothing, or is none, `hint`
    says what can be done from here.
    """

    sights: tuple[Sight, ...]
    hint: Promise
    works: str = ""
    product: str = ""
    is_mine: bool = False
    is_today: bool = False


_LESSONS: Final = Work((NOW, COMING), _("Find a learner, a teacher or a lesson."))
_TRIALS: Final = Work(
    (),
    _("Find a learner to open a course or book, or a trial to change its teacher or cancel it."),
    product=TRIAL, is_today=True,
)  # fmt: skip
_CLASSES: Final = Work((), _("Find a class, a learner or a teacher."), "classes")
WORK: Final = {
    "fireman": Work(
        (ALONE, LATE_ONES, NOW, COMING),
        _("Find a lesson to finish, cancel, or give to another teacher."),
    ),
    "lp": Work(
        (NOW, COMING),
        _("Find a learner to book for, or choose one of yours."),
        "learners",
        is_mine=True,
    ),
    "cc": _TRIALS,
    "tmk": _TRIALS,
    "supply": Work((ALONE, NOW, COMING), _("Find a teacher to see the week.")),
    "international": Work(
        (NOW, COMING), _("Find a teacher to keep half-hours for one kind of lesson.")
    ),
    "curriculum": _CLASSES,
    "classroom": _CLASSES,
    "marketing": Work(
        (), _("Paste a learner's id to see the wallet and give credits."), "campaigns"
    ),
}


def work_of(*, channel: str) -> Work:
    """Return what a channel does all day."""
    return WORK.get(channel, _LESSONS)
