"""What callers do at once: book and cancel, as they are or stopped at the gate."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from tests import asking
from tests.concurrency.meeting import Changes, altered
from tests.world import NOW
from yueke.booking.operations.book import book
from yueke.booking.operations.cancel import cancel
from yueke.booking.orders import CancelSeat, Order
from yueke.kernel.transaction import Work
from yueke.people.models import Learner, Teacher

NO_SLOT_LOCK: Changes = {"lock_slots": ("FOR UPDATE OF s", "")}
NO_LEARNER_LOCK: Changes = {"lock_learners": ("FOR NO KEY UPDATE", "")}
NO_LOCKS_OF_SEATS: Changes = {
    "lock_learners_of_seats": ("FOR NO KEY UPDATE", ""),
    "lock_slots_of_seats": ("FOR UPDATE OF s", ""),
    "lock_seats": ("FOR NO KEY UPDATE OF l, s", ""),
}
Act = Callable[[], Any]


def order_to_book(
    *, learner: Learner, teacher: Teacher, starts_at: datetime, key: str | None = None
) -> Order[Any]:
    """Return a family's order of one lesson."""
    command = asking.to_book(learner=learner, teacher=teacher, starts_at=starts_at)
    actor = asking.parent_of(family=learner.family)
    return asking.order_of(actor=actor, commands=[command], key=key)


def booking(*, learner: Learner, teacher: Teacher, starts_at: datetime) -> Act:
    """Return what books a lesson, as callers do."""
    order = order_to_book(learner=learner, teacher=teacher, starts_at=starts_at)
    return lambda: asking.codes_of(asking.book_orders(orders=[order], now=NOW)[0])


def stopped_booking(
    *, learner: Learner, teacher: Teacher, starts_at: datetime, changes: Changes | None = None
) -> Act:
    """Return what books a lesson, but waits at the gate once it has read all it decides on."""
    order = order_to_book(learner=learner, teacher=teacher, starts_at=starts_at)

    def operation(work: Work) -> list[str]:
        [answer] = book(work, market_id=learner.market_id, now=NOW, orders=[order])
        return asking.codes_of(answer)

    return altered(operation, stops_after="next_ids", changes=changes)


def order_to_cancel(*, learner: Learner, seat_id: int) -> Order[Any]:
    """Return a family's order to leave a seat."""
    actor = asking.parent_of(family=learner.family)
    return asking.order_of(actor=actor, commands=[CancelSeat(seat_id)])


def cancelling(*, learner: Learner, seat_id: int) -> Act:
    """Return what leaves a seat, as callers do."""
    order = order_to_cancel(learner=learner, seat_id=seat_id)
    return lambda: asking.codes_of(asking.cancel_orders(orders=[order], now=NOW)[0])


def stopped_cancelling(*, learner: Learner, seat_id: int, changes: Changes | None = None) -> Act:
    """Return what leaves a seat, but waits at the gate once it has read all it decides on."""
    order = order_to_cancel(learner=learner, seat_id=seat_id)

    def operation(work: Work) -> list[str]:
        [answer] = cancel(work, market_id=learner.market_id, now=NOW, orders=[order])
        return asking.codes_of(answer)

    return altered(operation, stops_after="next_ids", changes=changes)
