"""Whether a seat may be left, and what comes back."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from yueke.booking.classes.rules.making import check_hand_over
from yueke.booking.orders import CancelSeat, Order
from yueke.booking.refusals import (
    LessonAlreadyCancelled,
    LessonAlreadyStarted,
    LessonNotFound,
    ListRefused,
)
from yueke.kernel.actor import Actor
from yueke.kernel.refusal import Refusal
from yueke.people import channels


@dataclass(slots=True)
class LessonFacts:
    """A lesson, locked; one object for all its seats, so that they count down together."""

    id: int
    teacher_id: int | None
    starts_at: datetime
    cells: int
    seats_taken: int
    # An open class takes place also when nobody is left in it.
    is_class: bool = False
    handed_over_at: datetime | None = None
    state: str = "booked"
    company_refunds: bool = True


@dataclass(slots=True)
class SeatFacts:
    """A seat, locked."""

    id: int
    learner_id: int
    family_id: int
    state: str
    asset: str
    paid: int
    free_cancel_hours: int
    lesson: LessonFacts


@dataclass(slots=True)
class Leaving:
    """A cancellation accepted. `empties`: nobody is left in the lesson.

    `was_vacant`: nobody had been in it, and only the teacher's time is given back.
    """

    order: Order[CancelSeat]
    command: CancelSeat
    seat: SeatFacts
    refund: int
    empties: bool
    was_vacant: bool = False


def refund_of(
    *,
    side: str,
    paid: int,
    starts_at: datetime,
    free_hours: int,
    now: datetime,
    company_refunds: bool = True,
) -> int:
    """Return what comes back when a seat is left, in units of what was paid.

    Staff and teachers give everything back, or nothing where `company_refunds` is not the policy.
    A learner gets it back until `free_hours` before the start; later the payment is spent.
    """
    is_free = now <= starts_at - timedelta(hours=free_hours)
    return paid if (is_free if side == "family" else company_refunds) else 0


def decide_order(
    seats: dict[int, SeatFacts], order: Order[CancelSeat], now: datetime
) -> list[Leaving | Refusal]:
    """Decide one order; accepted commands change the facts for what comes after."""
    results: list[Leaving | Refusal] = []
    for command in order.commands:
        try:
            results.append(_leave(seats, order, command, now))
        except Refusal as refusal:
            results.append(refusal.as_answer())
    if order.all_or_none and any(isinstance(r, Refusal) for r in results):
        for result in results:
            if isinstance(result, Leaving):
                _take_back(result)
        return [r if isinstance(r, Refusal) else ListRefused() for r in results]
    return results


def _leave(
    seats: dict[int, SeatFacts], order: Order[CancelSeat], command: CancelSeat, now: datetime
) -> Leaving:
    seat = seats.get(command.seat_id)
    _check_may(order.actor, seat, now)
    if seat is None or not _may_touch(order.actor, seat):
        raise LessonNotFound(command.seat_id)
    lesson, side = seat.lesson, channels.side(order.actor.channel)
    # Of a lesson kept without a learner, it is for the company to say that it won't take place.
    was_vacant = lesson.state == "vacant" and side != "family"
    if seat.state != "live" and not was_vacant:
        raise LessonAlreadyCancelled(seat.id)
    if lesson.starts_at <= now:
        raise LessonAlreadyStarted(seat.id)
    if was_vacant:
        lesson.state = "cancelled"
        return Leaving(order, command, seat, 0, empties=True, was_vacant=True)
    refund = refund_of(
        side=side,
        paid=seat.paid,
        starts_at=lesson.starts_at,
        free_hours=seat.free_cancel_hours,
        now=now,
        company_refunds=lesson.company_refunds,
    )
    seat.state = "cancelled"
    lesson.seats_taken -= 1
    return Leaving(order, command, seat, refund, lesson.seats_taken == 0 and not lesson.is_class)


def _take_back(leaving: Leaving) -> None:
    lesson = leaving.seat.lesson
    if leaving.was_vacant:
        lesson.state = "vacant"
    else:
        leaving.seat.state = "live"
        lesson.seats_taken += 1


def _check_may(actor: Actor, seat: SeatFacts | None, now: datetime) -> None:
    """Refuse a channel that may cancel neither any lesson nor a seat in a class (CU-5, CL-2)."""
    if seat is not None and seat.lesson.is_class:
        check_hand_over(actor, seat.lesson.handed_over_at, now)
        channels.require_for(actor, "cancel", "lesson", "open")
    else:
        channels.require(actor, "cancel", "lesson")


def _may_touch(actor: Actor, seat: SeatFacts) -> bool:
    if actor.teacher_id is not None:
        return actor.teacher_id == seat.lesson.teacher_id
    return actor.may_touch_family(seat.family_id)
