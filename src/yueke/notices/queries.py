"""Read the log: of a lesson, a slot, a learner. `after` is the event that ended the page before."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from django.db.models import Q, QuerySet

from yueke.notices.models import Event


def events_of_lesson(
    *, market_id: int, lesson_id: int, after: Event | None = None
) -> QuerySet[Event]:
    """Return what happened to a lesson, first to last."""
    return _first_to_last(Event.objects.filter(market_id=market_id, lesson_id=lesson_id), after)


def events_of_slot(
    *,
    market_id: int,
    teacher_id: int,
    starts_at: datetime,
    lesson_ids: Sequence[int] = (),
    after: Event | None = None,
) -> QuerySet[Event]:
    """Return what happened to a slot, first to last.

    An event of a lesson names the lesson's first half-hour: `lesson_ids` are the lessons that
    lie or lay on the slot.
    """
    its_own = Q(teacher_id=teacher_id, starts_at=starts_at)
    events = Event.objects.filter(its_own | Q(lesson_id__in=lesson_ids), market_id=market_id)
    return _first_to_last(events, after)


def events_of_learner(
    *, market_id: int, learner_id: int, after: Event | None = None
) -> QuerySet[Event]:
    """Return what happened to a learner's lessons and wallet, last to first."""
    events = Event.objects.filter(market_id=market_id, learner_id=learner_id)
    if after is not None:
        events = events.filter(Q(at__lt=after.at) | Q(at=after.at, id__lt=after.id))
    return events.order_by("-at", "-id")


def grants(*, market_id: int) -> QuerySet[Event]:
    """Return what learners were given, last to first."""
    return Event.objects.filter(market_id=market_id, kind="wallet.granted").order_by("-id")


def events_by_id(*, market_id: int, ids: Iterable[int]) -> QuerySet[Event]:
    """Return these events of a market, first to last."""
    return Event.objects.filter(market_id=market_id, id__in=list(ids)).order_by("at", "id")


def _first_to_last(events: QuerySet[Event], after: Event | None) -> QuerySet[Event]:
    if after is not None:
        events = events.filter(Q(at__gt=after.at) | Q(at=after.at, id__gt=after.id))
    return events.order_by("at", "id")
