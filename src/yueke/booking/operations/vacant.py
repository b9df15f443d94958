"""Finish lessons that nobody took before their start."""

from datetime import datetime

from yueke.kernel.actor import Actor
from yueke.kernel.columns import numbers
from yueke.kernel.transaction import Work
from yueke.notices import operations as notices
from yueke.notices.operations import Happened
from yueke.people import policies

_ROOM = __package__.rpartition(".")[0]


def finish_vacant(work: Work, *, now: datetime, limit: int) -> int:
    """Finish lessons without a learner whose start has come, at most `limit`; return how many.

    Whether the teacher is paid is the policy at the start. Locks those who had seats in them,
    then the lessons.
    """
    picked = numbers(row[0] for row in work.run(_ROOM, "pick_vacant", (now, limit)))
    work.run(_ROOM, "lock_learners_in", (picked,))
    finished = work.run(_ROOM, "finish_vacant", (picked,)).fetchall()
    events = [
        Happened(
            0,
            "lesson.finished_without_learner",
            Actor(market_id, "job", 0, "system"),
            lesson_id=lesson_id,
            teacher_id=teacher_id,
            starts_at=starts_at,
            data={"teacher_paid": _is_paid(market_id, starts_at)},
        )
        for market_id, lesson_id, teacher_id, starts_at in finished
    ]
    notices.append_new(work, at=now, events=events)
    return len(finished)


def _is_paid(market_id: int, starts_at: datetime) -> bool:
    return policies.in_force(market_id=market_id, at=starts_at).text("fake_cancel_pay") == "paid"
