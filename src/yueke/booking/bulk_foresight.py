"""What the rows of a bulk would be refused: all are read at once, and decided one after another."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from yueke.booking.bulk import refused
from yueke.booking.deeds import Particulars
from yueke.booking.operations import cancel
from yueke.booking.operations import lesson as lessons
from yueke.booking.orders import CancelSeat, Order
from yueke.booking.rules.facts import Cell
from yueke.booking.rules.in_turn import DECIDED, Facts, Time, decide_in_turn
from yueke.booking.rules.lesson import LockedLesson
from yueke.kernel.actor import Actor
from yueke.kernel.columns import instants, numbers
from yueke.kernel.refusal import Refusal
from yueke.kernel.transaction import Question, Work, rehearse
from yueke.notices.once import Request
from yueke.people import policies
from yueke.people import queries as people

Row = tuple[int, int | None]


def foresee_rows(request: Request, *, deed: str, rows: Sequence[Row]) -> list[Refusal | None]:
    """Return what each row of a bulk would be refused, if anything, were they done in their order.

    As many statements are sent for many rows as for few, and nothing is written: each row is
    decided on what those before it leave. Locks are let go before it returns.
    """
    if deed == "cancel":
        return _foresee_cancelled(request, [seat_id for seat_id, _ in rows])
    with rehearse() as work:
        facts = _facts(work, request, deed, rows)
    return decide_in_turn(DECIDED[deed], facts, rows)


def rehearse_rows(
    request: Request, *, deed: str, ids: Sequence[int], terms: Mapping[str, Any]
) -> list[Refusal | None]:
    """Return what each of a deed's classes or learners would be refused, done in their order.

    All are done and taken back, so that a budget or a place that one takes is missing to the next.
    """
    with rehearse():
        return [
            refused(
                deed, replace(request, key=f"{request.key}-{place}"), Particulars(one, terms=terms)
            )
            for place, one in enumerate(ids)
        ]


def _foresee_cancelled(request: Request, seat_ids: Iterable[int]) -> list[Refusal | None]:
    commands = [CancelSeat(seat_id) for seat_id in seat_ids]
    order = Order(request.actor, request.key, request.body_hash, commands)
    with rehearse() as work:
        return cancel.foresee(work, market_id=request.actor.market_id, now=request.now, order=order)


def _facts(work: Work, request: Request, deed: str, rows: Sequence[Row]) -> Facts:
    actor = request.actor
    found = lessons.lock_alone(
        work, market_id=actor.market_id, seat_ids=[seat_id for seat_id, _ in rows]
    )
    facts = Facts(actor, request.now, found)
    if deed == "teacher":
        facts.times = _times(work, actor.market_id, found, rows)
        facts.teachers = _teachers(actor, {chosen for _, chosen in rows if chosen is not None})
    if deed == "learner-absent":
        facts.refunded = _refunded(actor.market_id, found.values())
    return facts


def _times(
    work: Work, market_id: int, found: Mapping[int, LockedLesson], rows: Sequence[Row]
) -> dict[Cell, Time]:
    """Return the half-hours of lessons, of the teachers they have and of those chosen for them."""
    cells = {
        (teacher_id, cell)
        for seat_id, chosen in rows
        if (lesson := found.get(seat_id))
        for teacher_id in (lesson.teacher_id, chosen)
        if teacher_id is not None
        for cell in lesson.times
    }
    params = (numbers(teacher for teacher, _ in cells), instants(at for _, at in cells), market_id)
    [times] = work.ask(Question(__package__, "read_slots", params, Time)).fetch()
    return {(time.teacher_id, time.starts_at): time for time in times}


def _teachers(actor: Actor, ids: Collection[int]) -> set[int]:
    within = people.find_teachers(actor=actor).filter(id__in=ids).order_by()
    return set(within.values_list("id", flat=True))


def _refunded(market_id: int, found: Collection[LockedLesson]) -> set[datetime]:
    starts = {lesson.starts_at for lesson in found}
    then = policies.in_force_at(market_id=market_id, moments=starts)
    return {at for at in starts if then[at].text("learner_no_show") == "refunded"}
