"""What learning partners of the demo stored for their learners, and the next holiday."""

import hashlib
from collections.abc import Sequence
from datetime import date, datetime

from yueke.cli.demo.weeks import BEIJING
from yueke.kernel.actor import Actor
from yueke.notices.once import Request
from yueke.supply.autobooking import commands
from yueke.supply.autobooking.wish import DAY_CELLS, DAYS, Wish
from yueke.supply.holidays import commands as holidays

# The evening's half-hours from 18:30, as half-hours of a day.
_EVENING = range(37, 42)
_LESSONS = 2


def play(*, lp: Actor, supply: Actor, learner_ids: Sequence[int], now: datetime) -> None:
    """Store a rule for each learner, two lessons on different evenings; add New Year's Day."""
    for place, learner_id in enumerate(learner_ids):
        wish = Wish(
            learner_id=learner_id,
            product="major",
            lessons=_LESSONS,
            times=_times(place),
            tags=["kids"] if place % 3 == 0 else [],
            skips_holidays=place % 2 == 0,
        )
        commands.store(_request(lp, now, f"demo-rule-{learner_id}"), wish=wish)
    new_year = date(now.astimezone(BEIJING).year + 1, 1, 1)
    request = _request(supply, now, "demo-holiday")
    holidays.add(request, name="元旦", first_day=new_year, last_day=new_year, reason="放假")


def _times(place: int) -> list[int]:
    """Return four evenings, each at a half-hour of its own."""
    return [
        (place + 2 * step) % DAYS * DAY_CELLS + _EVENING[(place + step) % len(_EVENING)]
        for step in range(4)
    ]


def _request(actor: Actor, now: datetime, key: str) -> Request:
    return Request(actor, key, hashlib.sha256(key.encode()).digest(), now)
