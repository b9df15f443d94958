"""All that commands leave behind around some people, without the numbers of rows."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from tests.concurrency.people_around import People
from tests.world import NOW
from yueke.booking.models import Lesson, Seat, SeatCell
from yueke.curriculum.models import LearningProgress
from yueke.inventory.models import Slot
from yueke.notices.models import Event
from yueke.wallet import queries as wallet

Facts = dict[str, list[tuple[Any, ...]]]


def aftermath(
    people: People, *, lessons: Mapping[int, str] | None = None, since: datetime = NOW
) -> Facts:
    """Return everything about these people, by their names; `lessons` have names, too.

    Times are told since a moment of the scene.
    """
    lessons = lessons or {}
    who = {one.pk: name for name, one in people.learners.items()}
    by_whom = {one.pk: name for name, one in people.teachers.items()}
    seats = list(Seat.objects.filter(learner_id__in=who))
    taught = Lesson.objects.in_bulk({*lessons, *(seat.lesson_id for seat in seats)})
    found: Facts = {
        "lessons": [
            (
                lessons.get(one.pk, ""),
                one.state,
                by_whom.get(one.teacher_id or 0, ""),
                one.course_number or 0,
                one.seats_taken,
                one.capacity,
                one.starts_at - since,
            )
            for one in taught.values()
        ],
        "seats": [
            (
                who[one.learner_id],
                lessons.get(one.lesson_id, ""),
                one.state,
                one.paid,
                one.refunded,
                one.absent,
            )
            for one in seats
        ],
        "slots": [
            (by_whom[one.teacher_id], one.starts_at - since, one.state, one.target_kind or "")
            for one in Slot.objects.filter(teacher_id__in=by_whom)
        ],
        "busy": [
            (who[one.learner_id], one.starts_at - since)
            for one in SeatCell.objects.filter(learner_id__in=who)
        ],
        "next": [
            (who[one.learner_id], one.product.code, one.next_number)
            for one in LearningProgress.objects.filter(learner_id__in=who).select_related("product")
        ],
        "wallets": [(who[learner], *rest) for learner, *rest in _balances(people)],
        "events": [
            (who[learner], kind)
            for learner, kind in Event.objects.filter(learner_id__in=who).values_list(
                "learner_id", "kind"
            )
            if learner
        ],
    }
    return {name: sorted(rows) for name, rows in found.items()}


def _balances(people: People) -> list[tuple[int, str, int]]:
    market_id = people.company.market_id
    return [
        (one.pk, asset, total)
        for one in people.learners.values()
        for asset, total in wallet.balances(market_id=market_id, learner_id=one.pk, now=NOW).items()
    ]
