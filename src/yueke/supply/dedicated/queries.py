"""Read who is whose dedicated teacher."""

from collections.abc import Collection
from datetime import datetime

from django.db.models import QuerySet

from yueke.booking.models import Lesson, Seat
from yueke.kernel.actor import Actor
from yueke.people import channels
from yueke.people.models import Learner
from yueke.supply.dedicated.models import Dedicated


def list_dedicated(
    *,
    actor: Actor,
    learner_id: int | None = None,
    teacher_id: int | None = None,
    after_id: int | None = None,
) -> QuerySet[Dedicated]:
    """Return live dedicated teachers within a caller's reach, the first
    chosen first, beyond the number that ended the page before.

    Parents see those of their children, teachers those whom they are dedicated to. Refuses:
    channel_may_not.
    """
    channels.require(actor, "see", "dedicated")
    found = Dedicated.objects.filter(market_id=actor.market_id, ended_at=None)
    if actor.family_id is not None:
        children = Learner.objects.filter(family_id=actor.family_id)
        found = found.filter(learner_id__in=children.values("id"))
    if actor.teacher_id is not None:
        found = found.filter(teacher_id=actor.teacher_id)
    if learner_id is not None:
        found = found.filter(learner_id=learner_id)
    if teacher_id is not None:
        found = found.filter(teacher_id=teacher_id)
    if after_id is not None:
        found = found.filter(id__gt=after_id)
    return found.order_by("id")


def dedicated_of(
    *, market_id: int, learner_ids: Collection[int], product: str
) -> dict[int, Dedicated]:
    """Return the live dedicated teachers of learners for a product, by learner."""
    found = Dedicated.objects.filter(
        market_id=market_id, learner_id__in=learner_ids, product=product, ended_at=None
    )
    return {row.learner_id: row for row in found}


def learners_who_finished(
    *, market_id: int, learner_ids: Collection[int], begin: datetime, end: datetime
) -> set[int]:
    """Return those of the learners who finished a lesson that began in the half-open range."""
    finished = Lesson.objects.filter(
        market_id=market_id,
        starts_at__gte=begin,
        starts_at__lt=end,
        state=Lesson.State.FINISHED,
    )
    seats = Seat.objects.filter(
        market_id=market_id,
        learner_id__in=learner_ids,
        starts_at__gte=begin,
        starts_at__lt=end,
        state=Seat.State.LIVE,
        absent=False,
        lesson_id__in=finished.values("id"),
    )
    return set(seats.values_list("learner_id", flat=True))
