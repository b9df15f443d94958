"""Book by hand what was missed or lost, once for each."""

from dataclasses import dataclass
from datetime import datetime

from yueke.booking.orders import BookLesson
from yueke.inventory.orders import Target
from yueke.kernel.outcome import Answer
from yueke.kernel.refusal import Refusal
from yueke.kernel.transaction import Work
from yueke.notices import operations as notices
from yueke.notices.once import Request, once
from yueke.notices.operations import Happened
from yueke.people import channels
from yueke.people import operations as people
from yueke.supply.catchups.lost import Lost, LostKey, find
from yueke.supply.catchups.models import CatchUp
from yueke.supply.catchups.refusals import CaughtUpAlready, NothingLost
from yueke.supply.dedicated import queries as dedicated
from yueke.supply.placing import place


@dataclass(frozen=True, slots=True)
class Instead:
    """Who is to teach what was lost, and when."""

    teacher_id: int
    starts_at: datetime
    asset: str = "credit"
    lot_id: int | None = None


@dataclass(slots=True)
class CaughtUp:
    """What was lost and is made good. It names the booking, which has its own answer."""

    catch_up_id: int
    seat_id: int
    learner_id: int
    teacher_id: int
    starts_at: datetime
    product: str
    free: bool


def catch_up(
    request: Request, *, key: LostKey, instead: Instead, reason: str = ""
) -> Answer[CaughtUp]:
    """Book a lesson in the place of one a weekly run missed or that was lost since (SD-5, LP-10).

    It is charged as usual; free only where the lost seat was charged and not refunded. Refuses:
    channel_may_not, nothing_lost, caught_up_already, and as the booking. Locks the learner, then
    the slots.
    """
    actor = request.actor

    def act(work: Work) -> list[CaughtUp]:
        lost = find(market_id=actor.market_id, key=key)
        if lost is None:
            channels.require(actor, "catch-up", "major")
            raise NothingLost
        channels.require(actor, "catch-up", lost.product)
        work.ask(people.lock_learners(market_id=actor.market_id, learner_ids=[lost.learner_id]))
        done = CatchUp.objects.filter(
            lost_kind=key.kind, lost_id=key.id, lost_part=key.part
        ).first()
        if done is not None:
            raise CaughtUpAlready(done.seat_id)
        command = _to_book(actor.market_id, lost, instead, reason)
        name = f"catch-up-{key.kind}-{key.id}-{key.part}"
        booked = place(work, actor=actor, now=request.now, key=name, command=command)
        if isinstance(booked, Refusal):
            raise booked
        return [_noted(work, request, lost, booked.seat_id, booked.lesson_id, instead, reason)]

    return once(request, CaughtUp, act)


def _to_book(market_id: int, lost: Lost, instead: Instead, reason: str) -> BookLesson:
    mine = dedicated.dedicated_of(
        market_id=market_id, learner_ids=[lost.learner_id], product=lost.product
    ).get(lost.learner_id)
    is_mine = mine is not None and mine.teacher_id == instead.teacher_id
    return BookLesson(
        lost.learner_id,
        instead.teacher_id,
        instead.starts_at,
        lost.product,
        instead.asset,
        instead.lot_id,
        reason,
        permission="catch-up",
        target=Target("priority", instead.teacher_id) if is_mine else None,
        free=lost.free,
    )


def _noted(
    work: Work,
    request: Request,
    lost: Lost,
    seat_id: int,
    lesson_id: int,
    instead: Instead,
    reason: str,
) -> CaughtUp:
    """Write what was made good, and tell of it with what it replaces."""
    key = lost.key
    event = Happened(
        0,
        "lesson.caught_up",
        request.actor,
        reason,
        lesson_id=lesson_id,
        learner_id=lost.learner_id,
        teacher_id=instead.teacher_id,
        starts_at=instead.starts_at,
        data={"lost": key.kind, "of": key.id, "part": key.part, "free": lost.free},
    )
    notices.append_one(work, at=request.now, event=event)
    CatchUp.objects.create(
        id=event.id,
        market_id=request.actor.market_id,
        learner_id=lost.learner_id,
        lost_kind=key.kind,
        lost_id=key.id,
        lost_part=key.part,
        seat_id=seat_id,
        free=lost.free,
        at=request.now,
    )
    return CaughtUp(
        event.id,
        seat_id,
        lost.learner_id,
        instead.teacher_id,
        instead.starts_at,
        lost.product,
        lost.free,
    )
