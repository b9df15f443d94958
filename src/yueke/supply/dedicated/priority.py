"""Time of dedicated teachers: kept for their learners at first, booked by them before others."""

from contextlib import AbstractContextManager, nullcontext
from datetime import date, datetime, timedelta
from typing import Any

from yueke.booking.commands import book_lessons
from yueke.booking.orders import Booked, BookLesson, Order
from yueke.inventory import operations as inventory
from yueke.inventory.orders import Target
from yueke.kernel.actor import Actor
from yueke.kernel.outcome import Answer
from yueke.kernel.refusal import Refusal
from yueke.kernel.transaction import begin, rehearse
from yueke.notices.once import Request
from yueke.people import channels, policies
from yueke.people import queries as people
from yueke.supply.dedicated import queries
from yueke.supply.dedicated.models import Dedicated
from yueke.supply.dedicated.refusals import NoDedicatedTeacher
from yueke.supply.weeks import WEEK, instant_of
from yueke.supply.zones import zone_of_market

# A teacher at a time: what is locked at once is what one teacher has open in a week.
TEACHERS_AT_ONCE = 200


def keep_week(*, market_id: int, week: date, now: datetime) -> int:
    """Keep what dedicated teachers have open in the week of a Monday for their learners (SD-3).

    After `priority_hours` from now it is anyone's. Done twice, it keeps what has been opened since.
    Returns how many half-hours. Locks slots of some teachers at a time, in a transaction each.
    """
    zone = zone_of_market(market_id)
    hours = policies.in_force(market_id=market_id, at=now).number("priority_hours")
    live = Dedicated.objects.filter(market_id=market_id, ended_at=None)
    teachers = sorted(live.values_list("teacher_id", flat=True).distinct())
    kept = 0
    for first in range(0, len(teachers), TEACHERS_AT_ONCE):
        with begin() as work:
            kept += inventory.prioritise(
                work,
                actor=Actor(market_id, "job", 0, "supply"),
                now=now,
                teacher_ids=teachers[first : first + TEACHERS_AT_ONCE],
                begin=instant_of(week, zone),
                end=instant_of(week + WEEK, zone),
                until=now + timedelta(hours=hours),
            )
    return kept


def book_priority(
    request: Request,
    *,
    learner_id: int,
    product: str,
    starts_at: datetime,
    asset: str = "credit",
    lot_id: int | None = None,
    reason: str = "",
) -> Answer[Booked]:
    """Book a learner's dedicated teacher, also in time kept for that teacher's learners (H5-10).

    Refuses: channel_may_not, learner_not_found, no_dedicated_teacher, and as the booking. Locks
    the learner, then the slots.
    """
    actor = request.actor
    channels.require(actor, "priority", product)
    people.get_learner(actor=actor, learner_id=learner_id)
    mine = queries.dedicated_of(
        market_id=actor.market_id, learner_ids=[learner_id], product=product
    ).get(learner_id)
    if mine is None:
        raise NoDedicatedTeacher(learner_id, product)
    command = to_book(mine, starts_at, asset=asset, lot_id=lot_id, reason=reason)
    order = Order(actor, request.key, request.body_hash, [command])
    around: AbstractContextManager[Any] = rehearse() if request.dry_run else nullcontext()
    with around:
        [answer] = book_lessons(market_id=actor.market_id, now=request.now, orders=[order])
    if isinstance(answer, Refusal):
        raise answer
    return answer


def to_book(
    mine: Dedicated,
    starts_at: datetime,
    *,
    permission: str = "priority",
    asset: str | None = None,
    lot_id: int | None = None,
    reason: str = "",
) -> BookLesson:
    """Return what books a learner's dedicated teacher, in time kept by priority or not."""
    return BookLesson(
        mine.learner_id,
        mine.teacher_id,
        starts_at,
        mine.product,
        asset or mine.asset,
        lot_id,
        reason,
        permission=permission,
        target=Target("priority", mine.teacher_id),
    )
