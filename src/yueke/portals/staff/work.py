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
    are any; with `is_today` it shows all lessons of today. `hint` says what can be done from here.
    """

    sights: tuple[Sight, ...]
    hint: Promise
    product: str = ""
    is_mine: bool = False
    is_today: bool = False


_LESSONS: Final = Work((NOW, COMING), _("Find a learner, a teacher or a lesson."))
_TRIALS: Final = Work(
    (),
    _("Find a learner to open a course or book, or a trial to change its teacher or cancel it."),
    product=TRIAL, is_today=True,
)  # fmt: skip
WORK: Final = {
    "fireman": Work(
        (ALONE, LATE_ONES, NOW, COMING),
        _("Find a lesson to finish, cancel, or give to another teacher."),
    ),
    "lp": Work(
        (NOW, COMING), _("Find a learner to book for, or choose one of yours."), is_mine=True
    ),
    "cc": _TRIALS,
    "tmk": _TRIALS,
    "supply": Work((ALONE, NOW, COMING), _("Find a teacher to see the week.")),
    "international": Work(
        (NOW, COMING), _("Find a teacher to keep half-hours for one kind of lesson.")
    ),
    "curriculum": _LESSONS,
    "classroom": _LESSONS,
    "marketing": Work((), _("Paste a learner's id to see the wallet and give credits.")),
}


def work_of(*, channel: str) -> Work:
    """Return what a channel does all day."""
    return WORK.get(channel, _LESSONS)
