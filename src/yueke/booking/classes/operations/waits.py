"""End the waiting for seats in a class, which is locked, and tell each who waited."""

from datetime import datetime

from yueke.booking.classes.models import ClassWait
from yueke.booking.classes.operations import making
from yueke.booking.classes.rules.facts import LockedClass
from yueke.kernel.actor import Actor
from yueke.kernel.transaction import Work
from yueke.notices import operations as notices


def end_all(
    work: Work, *, actor: Actor, now: datetime, found: LockedClass, why: str, reason: str = ""
) -> int:
    """Let nobody wait for a seat in a class any more; return how many waited."""
    waits = ClassWait.objects.filter(lesson_id=found.id, state=ClassWait.State.WAITING)
    waiters = list(waits.order_by("id").values_list("learner_id", flat=True))
    waits.update(state=ClassWait.State.SKIPPED)
    data: dict[str, object] = {"why": why}
    skipped = [
        making.told(actor, found, "class.wait_skipped", reason, learner_id=learner_id, data=data)
        for learner_id in waiters
    ]
    notices.append_new(work, at=now, events=skipped)
    return len(waiters)
