"""Read lesson requests within a caller's reach."""

from django.db.models import QuerySet

from yueke.kernel.actor import Actor
from yueke.people import channels
from yueke.supply.requests.models import LessonRequest


def list_requests(
    *,
    actor: Actor,
    learner_id: int | None = None,
    teacher_id: int | None = None,
    state: str | None = None,
    before_id: int | None = None,
) -> QuerySet[LessonRequest]:
    """Return requests, newest first; a teacher's key or login sees those made to them.

    `before_id` is the number that ended the page before. Refuses: channel_may_not.
    """
    channels.require(actor, "see", "requests")
    found = LessonRequest.objects.filter(market_id=actor.market_id).order_by("-id")
    if actor.teacher_id is not None:
        found = found.filter(teacher_id=actor.teacher_id)
    if teacher_id is not None:
        found = found.filter(teacher_id=teacher_id)
    if learner_id is not None:
        found = found.filter(learner_id=learner_id)
    if state is not None:
        found = found.filter(state=state)
    if before_id is not None:
        found = found.filter(id__lt=before_id)
    return found
