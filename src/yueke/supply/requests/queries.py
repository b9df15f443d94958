"""Read lesson requests within a caller's reach."""

from django.db.models import QuerySet

from yueke.kernel.actor import Actor
from yueke.people import channels
from yueke.supply.listing import narrowed
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
    return narrowed(
        LessonRequest.objects.all(),
        actor=actor,
        learner_id=learner_id,
        teacher_id=teacher_id,
        state=state,
        before_id=before_id,
    )
