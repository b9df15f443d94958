"""Write what was decided, one statement a table."""

from collections.abc import Sequence
from datetime import datetime

from yueke.booking.operations.keys import Keys
from yueke.booking.rules.book import Placement, target_of
from yueke.booking.rules.facts import Facts
from yueke.inventory import operations as inventory
from yueke.inventory.operations import TakenSlot
from yueke.kernel.columns import instants, numbers, texts
from yueke.kernel.transaction import Work
from yueke.notices import operations as notices
from yueke.notices.operations import Happened
from yueke.wallet import moves
from yueke.wallet import operations as wallet
from yueke.wallet.operations import Move

_ROOM = __package__.rpartition(".")[0]
Placed = Sequence[tuple[Placement, int]]


def bookings(
    work: Work, *, market_id: int, now: datetime, placed: Placed, facts: Facts, keys: Keys
) -> None:
    """Write placements, each with the number of its lesson, seat and event, and the answers."""
    with work.as_one():
        if placed:
            _take_time(work, market_id, placed)
            _insert(work, market_id, placed)
            wallet.post(work, market_id=market_id, at=now, moves=_moves(placed, facts))
            notices.append(
                work,
                market_id=market_id,
                at=now,
                events=[*_released(placed), *_events(placed)],
            )
        keys.remember(work, now=now)


def _take_time(work: Work, market_id: int, placed: Placed) -> None:
    taken = [
        (p.command.teacher_id, cell, number)
        for p, number in placed
        if p.command.teacher_id is not None
        for cell in p.cells
        if cell not in p.assembled
    ]
    inventory.take_slots(work, market_id=market_id, taken=taken)
    made = [
        TakenSlot(p.command.teacher_id, cell, number, target_of(p.command), p.command.keep)
        for p, number in placed
        if p.command.teacher_id is not None
        for cell in p.assembled
    ]
    inventory.insert_taken_slots(work, market_id=market_id, taken=made)
    cells = [(p.command.learner_id, cell, number) for p, number in placed for cell in p.cells]
    columns = (
        numbers(learner for learner, _, _ in cells),
        instants(cell for _, cell, _ in cells),
        numbers(number for _, _, number in cells),
    )
    work.write(_ROOM, "insert_seat_cells", (market_id, *columns))


def _insert(work: Work, market_id: int, placed: Placed) -> None:
    ids = numbers(number for _, number in placed)
    starts = instants(p.command.starts_at for p, _ in placed)
    lessons = (
        numbers(p.product.id for p, _ in placed),
        numbers(p.course_id for p, _ in placed),
        numbers(p.command.teacher_id for p, _ in placed),
        starts,
        numbers(len(p.cells) for p, _ in placed),
        numbers(p.product.capacity for p, _ in placed),
    )
    work.write(_ROOM, "insert_lessons", (market_id, ids, *lessons))
    seats = (
        numbers(p.command.learner_id for p, _ in placed),
        starts,
        texts(p.command.asset for p, _ in placed),
        numbers(p.price for p, _ in placed),
        numbers(p.product.free_cancel_hours for p, _ in placed),
    )
    work.write(_ROOM, "insert_seats", (market_id, ids, ids, *seats))


def _moves(placed: Placed, facts: Facts) -> list[Move]:
    return [
        move
        for p, number in placed
        for move in moves.paid(
            p.payments,
            event_id=number,
            learner_id=p.command.learner_id,
            to_account_id=facts.spent_accounts[p.command.asset],
            seat_id=number,
        )
    ]


def _released(placed: Placed) -> list[Happened]:
    return [
        Happened(
            id=released_id,
            kind="slot.released",
            actor=p.order.actor,
            reason=p.command.reason,
            teacher_id=p.command.teacher_id,
            starts_at=cell,
            data={"target": target_of(p.command).kind, "target_id": target_of(p.command).id},
        )
        for p, _ in placed
        for cell, released_id in zip(p.assembled, p.released_ids, strict=True)
    ]


def _events(placed: Placed) -> list[Happened]:
    return [
        Happened(
            id=number,
            kind="lesson.booked",
            actor=p.order.actor,
            reason=p.command.reason,
            lesson_id=number,
            learner_id=p.command.learner_id,
            teacher_id=p.command.teacher_id,
            starts_at=p.command.starts_at,
            data={
                "product": p.command.product,
                "asset": p.command.asset,
                "paid": p.price,
            },
        )
        for p, number in placed
    ]
