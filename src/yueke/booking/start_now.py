"""The command that finds a teacher for a learner at once, and books."""

from datetime import datetime

from yueke.booking.commands import book_lessons
from yueke.booking.orders import Booked, BookLesson, Order
from yueke.booking.queries.search import find_teachers_at
from yueke.booking.refusals import NobodyFreeNow
from yueke.booking.rules.start_now import half_hours_of_now
from yueke.kernel.outcome import Answer
from yueke.kernel.refusal import Refusal
from yueke.notices.once import Request
from yueke.people import channels, policies

# The best teachers of each half-hour that are tried before it is given up.
_TRIED = 5


def start_now(
    request: Request,
    *,
    learner_id: int,
    product: str,
    teacher_id: int | None = None,
    starts_at: datetime | None = None,
    asset: str = "credit",
    lot_id: int | None = None,
    reason: str = "",
) -> Answer[Booked]:
    """Book the soonest of the running and the next half-hour, with a teacher or any (H5-11).

    The best teacher who is free is taken; with `starts_at` that half-hour alone is tried. Until
    when each half-hour may be taken are two policies. Refuses: channel_may_not,
    nobody_free_now, request_key_reused, key_unknown, and as `queries.search` and `rules.book`.
    """
    actor = request.actor
    channels.require(actor, "start-now", product)
    commands = [
        BookLesson(
            learner_id,
            teacher,
            start,
            product,
            asset,
            lot_id,
            reason,
            until=until,
            permission="start-now",
        )
        for start, until in _half_hours(request).items()
        if starts_at in (None, start)
        for teacher in _teachers(request, learner_id, product, start, teacher_id)
    ]
    order = Order(actor, request.key, request.body_hash, commands, first_of=True)
    [answer] = book_lessons(
        market_id=actor.market_id, now=request.now, orders=[order], dry_run=request.dry_run
    )
    if isinstance(answer, Refusal):
        raise answer
    return answer if answer.results else Answer([NobodyFreeNow(product)], answer.replayed)


def _half_hours(request: Request) -> dict[datetime, datetime]:
    market_id = request.actor.market_id
    in_force = policies.in_force(market_id=market_id, at=request.now)
    return half_hours_of_now(
        request.now,
        into_minutes=in_force.number("start_now_into_minutes"),
        before_minutes=in_force.number("start_now_before_minutes"),
    )


def _teachers(
    request: Request, learner_id: int, product: str, start: datetime, teacher_id: int | None
) -> list[int]:
    if teacher_id is not None:
        return [teacher_id]
    return find_teachers_at(
        actor=request.actor,
        now=request.now,
        learner_id=learner_id,
        product=product,
        start=start,
        size=_TRIED,
    )
