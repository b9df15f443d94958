"""Read who waits, within a caller's reach."""

from collections.abc import Collection, Iterable

from django.db.models import QuerySet

from yueke.booking.models import Lesson
from yueke.kernel.actor import Actor
from yueke.people import channels
from yueke.people.models import Learner
from yueke.supply.matching.models import Wait
from yueke.supply.matching.refusals import WaitNotFound


def list_waits(
    *, actor: Actor, state: str | None = None, before_id: int | None = None
) -> QuerySet[Wait]:
    """Return those who entered, the last seat first; parents see their own children.

    Refuses: channel_may_not.
    """
    channels.require(actor, "see", "waits")
    found = Wait.objects.filter(market_id=actor.market_id)
    if actor.family_id is not None:
        children = Learner.objects.filter(family_id=actor.family_id)
        found = found.filter(learner_id__in=children.values("id"))
    if state is not None:
        found = found.filter(state=state)
    if before_id is not None:
        found = found.filter(seat_id__lt=before_id)
    return found.order_by("-seat_id")


def get_wait(*, actor: Actor, seat_id: int) -> Wait:
    """Return how it stands with one who entered, or refuse (channel_may_not, wait_not_found)."""
    found = list_waits(actor=actor).filter(seat_id=seat_id).first()
    if found is None:
        raise WaitNotFound(seat_id)
    return found


def standings(*, seat_ids: Collection[int]) -> dict[int, Wait]:
    """Return those of these seats who entered, as they stand at this moment, by seat."""
    found = as_they_stand(Wait.objects.filter(seat_id__in=seat_ids))
    return {one.seat_id: one for one in found}


def as_they_stand(waits: Iterable[Wait]) -> list[Wait]:
    """Return waits, not to be saved, with the teacher whom the lesson has by now.

    Who was given one by hand, before a match or after, has that one at once.
    """
    found = list(waits)
    live = [one.lesson_id for one in found if one.state in (Wait.State.WAITING, Wait.State.MATCHED)]
    lessons = Lesson.objects.filter(id__in=live, state=Lesson.State.BOOKED)
    taught = dict(lessons.filter(teacher_id__isnull=False).values_list("id", "teacher_id"))
    for one in found:
        if one.lesson_id in taught:
            one.state, one.teacher_id = Wait.State.MATCHED, taught[one.lesson_id]
    return found
