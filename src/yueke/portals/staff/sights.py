"""Which lessons staff look at: one row a sight, for filters of lists and queues of consoles."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from yueke.booking.queries import Which
from yueke.curriculum.models import CELLS_MAX
from yueke.kernel.grid import HALF_HOUR

LONGEST: Final = CELLS_MAX * HALF_HOUR
SOON: Final = timedelta(hours=3)
LATE: Final = timedelta(hours=24)


@dataclass(frozen=True, slots=True)
class Sight:
    """One row. `narrow` gives the lessons it shows at a moment; `none` stands where none is."""

    code: str
    label: Promise
    none: Promise
    narrow: Callable[[Which, datetime], Which]
    is_trouble: bool = False


def _within(which: Which, begin: datetime, end: datetime, *, ends_after: datetime) -> Which:
    """Narrow lessons to a range, unless a day was chosen."""
    if which.begin is not None:
        return which
    return replace(which, begin=begin, end=end, ends_after=ends_after)


LIVE: Final = Sight(
    "live", _("not cancelled"), _("No lesson is booked."),
    lambda which, now: replace(which, state="live"),
)  # fmt: skip
FINISHED: Final = Sight(
    "finished", pgettext_lazy("lessons", "finished"), _("No lesson is finished."),
    lambda which, now: replace(which, state="finished"),
)  # fmt: skip
CANCELLED: Final = Sight(
    "cancelled", _("cancelled"), _("No lesson is cancelled."),
    lambda which, now: replace(which, state="cancelled"),
)  # fmt: skip
ALONE: Final = Sight(
    "alone", _("without a teacher"), _("Every lesson of the next hours has its teacher."),
    lambda which, now: replace(
        _within(which, now - LONGEST, now + SOON, ends_after=now),
        state="live", without_teacher=True, newest_first=False,
    ),
    is_trouble=True,
)  # fmt: skip
LATE_ONES: Final = Sight(
    "late", _("over, not finished"), _("Every lesson that is over is finished."),
    lambda which, now: replace(
        which, state="live", newest_first=True, begin=now - LATE, end=now, ends_by=now
    ),
    is_trouble=True,
)  # fmt: skip
NOW: Final = Sight(
    "now", _("on now"), _("No lesson is on now."),
    lambda which, now: replace(
        which, state="live", newest_first=False, begin=now - LONGEST, end=now, ends_after=now
    ),
)  # fmt: skip
COMING: Final = Sight(
    "soon", _("beginning soon"), _("No lesson begins in the next three hours."),
    lambda which, now: replace(
        which, state="live", newest_first=False, begin=now + datetime.resolution, end=now + SOON
    ),
)  # fmt: skip

SIGHTS: Final = {
    sight.code: sight for sight in (LIVE, ALONE, LATE_ONES, NOW, COMING, FINISHED, CANCELLED)
}
