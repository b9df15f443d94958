"""Leave seats, for any number of orders at once.

Written order of locks: learners by id, slots by teacher and time, then lessons and seats by id.
A seat that is left in an open class goes to whoever waits for it, in the same transaction; those
who wait must be locked at the start, so a list with such a seat is begun again with them. Of all
other lists, nothing more is read or locked for it.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from yueke.booking.classes.hand_over import handed_over_at
from yueke.booking.classes.operations.promote import promote
from yueke.booking.operations import keys as request_keys
from yueke.booking.operations.kept import KeptSlot, kept_hours, settle
from yueke.booking.operations.keys import Keys
from yueke.booking.orders import Cancelled, CancelSeat, Order
from yueke.booking.rules import cancel as rules
from yueke.booking.rules.cancel import Leaving, LessonFacts, SeatFacts
from yueke.inventory import operations as inventory
from yueke.kernel.columns import instants, numbers
from yueke.kernel.grid import cells_of
from yueke.kernel.outcome import Answer
from yueke.kernel.refusal import Refusal
from yueke.kernel.transaction import Question, Work
from yueke.notices import operations as notices
from yueke.notices.operations import Happened, Number
from yueke.people.operations import LockedLearner
from yueke.wallet import moves
from yueke.wallet import operations as wallet
from yueke.wallet.operations import Move, Spend
from yueke.wallet.revival import Back, revive

_ROOM = __package__.rpartition(".")[0]
Spends = dict[int, list[Spend]]


class SeatsOfClasses(Exception):
    """Some of the seats are in open classes: carry the list out anew, `with_classes`."""


def cancel(
    work: Work,
    *,
    market_id: int,
    now: datetime,
    orders: Sequence[Order[CancelSeat]],
    with_classes: bool = False,
) -> list[Answer[Cancelled] | Refusal]:
    """Carry out cancellations of one market in their order; answers stand in the same order.

    A whole order is refused (request_key_reused, key_unknown) or answered command by command.
    Locks learners, slots, lessons, seats. Raises SeatsOfClasses.
    """
    lock = "lock_learners_of_classes" if with_classes else "lock_learners_of_seats"
    seats, spends, kept, keys, ids = _read(work, market_id, orders, lock)
    if not with_classes and any(seat.lesson.is_class for seat in seats.values()):
        raise SeatsOfClasses
    if with_classes:
        _hand_over(seats, market_id, now)
    hours = kept_hours(market_id=market_id, now=now) if kept else 0
    answers: list[Answer[Cancelled] | Refusal] = []
    leaving: list[tuple[Leaving, int]] = []
    for order in orders:
        known = keys.known(order, Cancelled)
        if known is not None:
            answers.append(known)
            continue
        results: list[Cancelled | Refusal] = []
        for decided in rules.decide_order(seats, order, now):
            if isinstance(decided, Refusal):
                results.append(decided)
            else:
                leaving.append((decided, next(ids).id))
                results.append(_cancelled(decided))
        answers.append(keys.answer(order, results))
    with work.as_one():
        if leaving:
            _write(work, market_id, now, leaving, spends)
        keys.remember(work, now=now)
    settle(work, now=now, left=[left for left, _ in leaving], kept=kept, hours=hours)
    freed = {left.seat.lesson.id for left, _ in leaving if left.seat.lesson.is_class}
    if freed:
        promote(work, market_id=market_id, now=now, class_ids=freed)
    revive(work, market_id=market_id, now=now, back=_back(leaving, spends))
    return answers


def foresee(
    work: Work, *, market_id: int, now: datetime, order: Order[CancelSeat]
) -> list[Refusal | None]:
    """Return what each command of an order would be refused, if anything; nothing is written.

    Locks learners, slots, lessons, seats.
    """
    seats, *_ = _read(work, market_id, [order], "lock_learners_of_seats")
    _hand_over(seats, market_id, now)
    decided = rules.decide_order(seats, order, now)
    return [one if isinstance(one, Refusal) else None for one in decided]


def _hand_over(seats: dict[int, SeatFacts], market_id: int, now: datetime) -> None:
    """Let the lessons know when classes were handed over to curriculum."""
    handed_over = handed_over_at(market_id=market_id, now=now)
    for seat in seats.values():
        seat.lesson.handed_over_at = handed_over


def _cancelled(leaving: Leaving) -> Cancelled:
    seat, vacant = leaving.seat, leaving.was_vacant
    paid = 0 if vacant else seat.paid
    back = leaving.refund
    return Cancelled(seat.id, seat.lesson.id, seat.learner_id, seat.asset, paid, back, vacant)


def _read(
    work: Work, market_id: int, orders: Sequence[Order[CancelSeat]], lock: str
) -> tuple[dict[int, SeatFacts], Spends, list[KeptSlot], Keys, Iterator[Number]]:
    wanted = {command.seat_id for order in orders for command in order.commands}
    params = (market_id, numbers(wanted))
    with work.together():
        # Each a statement of its own: what is read next must be as it is under these locks.
        learners = work.ask(Question(_ROOM, lock, params, LockedLearner))
        slots = work.ask(Question(_ROOM, "lock_slots_of_seats", params, KeptSlot))
        locked = work.ask(Question(_ROOM, "lock_seats", params, _LockedSeat))
        read = work.ask(
            wallet.spends_of_seats(seat_ids=wanted),
            *request_keys.questions(orders),
            notices.next_ids(count=sum(len(order.commands) for order in orders)),
        )
    [families] = learners.fetch()
    [kept] = slots.fetch()
    family_of = {learner.id: learner.family_id for learner in families}
    lessons: dict[int, LessonFacts] = {}
    seats: dict[int, SeatFacts] = {}
    [seat_rows] = locked.fetch()
    for row in seat_rows:
        seats[row.id] = SeatFacts(
            id=row.id,
            learner_id=row.learner_id,
            family_id=family_of[row.learner_id],
            state=row.state,
            asset=row.asset,
            paid=row.paid,
            free_cancel_hours=row.free_cancel_hours,
            lesson=lessons.setdefault(row.lesson_id, row.lesson()),
        )
    spent, recalled, live, ids = read.fetch()
    spends: Spends = {}
    for spend in spent:
        spends.setdefault(spend.seat_id, []).append(spend)
    return seats, spends, kept, Keys(recalled, live), iter(ids)


@dataclass(slots=True)
class _LockedSeat:
    id: int
    learner_id: int
    state: str
    asset: str
    paid: int
    lesson_id: int
    teacher_id: int | None
    starts_at: datetime
    cells: int
    seats_taken: int
    lesson_state: str
    free_cancel_hours: int
    company_refunds: bool
    is_class: bool

    def lesson(self) -> LessonFacts:
        return LessonFacts(
            self.lesson_id,
            self.teacher_id,
            self.starts_at,
            self.cells,
            self.seats_taken,
            self.is_class,
            state=self.lesson_state,
            company_refunds=self.company_refunds,
        )


def _write(
    work: Work,
    market_id: int,
    now: datetime,
    leaving: Sequence[tuple[Leaving, int]],
    spends: Spends,
) -> None:
    sitting = [left for left, _ in leaving if not left.was_vacant]
    seats = [left.seat for left in sitting]
    refunds = numbers(left.refund for left in sitting)
    work.write(_ROOM, "cancel_seats", (numbers(s.id for s in seats), refunds, market_id))
    cells = [
        (s.learner_id, cell) for s in seats for cell in cells_of(s.lesson.starts_at, s.lesson.cells)
    ]
    columns = (numbers(learner for learner, _ in cells), instants(cell for _, cell in cells))
    work.write(_ROOM, "free_seat_cells", (*columns, market_id))
    left = Counter(seat.lesson.id for seat in seats if not seat.lesson.is_class)
    left.update({one.seat.lesson.id: 0 for one, _ in leaving if one.was_vacant})
    work.write(_ROOM, "leave_lessons", (numbers(left), numbers(left.values()), market_id))
    classes = Counter(seat.lesson.id for seat in seats if seat.lesson.is_class)
    if classes:
        left_by = (numbers(classes), numbers(classes.values()), market_id)
        work.write(_ROOM, "leave_classes", left_by)
    freed = [
        (lesson.teacher_id, cell, lesson.id)
        for lesson in (left.seat.lesson for left, _ in leaving if left.empties)
        if lesson.teacher_id is not None
        for cell in cells_of(lesson.starts_at, lesson.cells)
    ]
    inventory.give_back_slots(work, market_id=market_id, freed=freed)
    moves = [move for left, number in leaving for move in _refunds(left, number, spends)]
    wallet.post(work, market_id=market_id, at=now, moves=moves)
    events = [_event(left, number) for left, number in leaving]
    notices.append(work, market_id=market_id, at=now, events=events)


def _refunds(left: Leaving, number: int, spends: Spends) -> list[Move]:
    """Send everything back to the lots it came from, or nothing."""
    if not left.refund:
        return []
    return moves.given_back(
        spends[left.seat.id],
        event_id=number,
        learner_id=left.seat.learner_id,
        seat_id=left.seat.id,
    )


def _back(leaving: Sequence[tuple[Leaving, int]], spends: Spends) -> Iterator[Back]:
    for left, _ in leaving:
        for spend in spends[left.seat.id] if left.refund else ():
            yield Back(spend, left.seat.learner_id, left.order.actor)


def _event(left: Leaving, number: int) -> Happened:
    seat = left.seat
    # Whoever had been in a vacant lesson was told when they left.
    told: dict[str, object] = {"asset": seat.asset, "paid": seat.paid, "refunded": left.refund}
    return Happened(
        id=number,
        kind="lesson.cancelled",
        actor=left.order.actor,
        reason=left.command.reason,
        lesson_id=seat.lesson.id,
        learner_id=None if left.was_vacant else seat.learner_id,
        teacher_id=seat.lesson.teacher_id,
        starts_at=seat.lesson.starts_at,
        data={} if left.was_vacant else told,
    )
