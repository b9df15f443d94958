"""Write seats in classes, one statement a table."""

from collections import Counter
from collections.abc import Sequence
from datetime import datetime

from yueke.booking.classes.operations.read import ROOM
from yueke.booking.classes.rules.facts import ClassFacts
from yueke.booking.classes.rules.join import Place
from yueke.kernel.columns import instants, numbers, texts
from yueke.kernel.transaction import Work
from yueke.notices import operations as notices
from yueke.notices.operations import Happened
from yueke.wallet import moves
from yueke.wallet import operations as wallet
from yueke.wallet.operations import Move

_BOOKING = ROOM.rpartition(".")[0]
Given = Sequence[tuple[Place, int]]


def write(work: Work, *, market_id: int, now: datetime, given: Given, facts: ClassFacts) -> None:
    """Write places, each with the number of its seat and event, and end their waiting."""
    if not given:
        return
    ids = numbers(number for _, number in given)
    lessons = numbers(p.found.id for p, _ in given)
    learners = numbers(p.learner_id for p, _ in given)
    filled = Counter(p.found.id for p, _ in given)
    columns = (numbers(filled), numbers(filled.values()), market_id)
    work.write(ROOM, "fill_lessons", columns)
    seats = (
        instants(p.found.starts_at for p, _ in given),
        texts(p.asset for p, _ in given),
        numbers(p.price for p, _ in given),
        numbers(p.free_cancel_hours for p, _ in given),
    )
    work.write(_BOOKING, "insert_seats", (market_id, ids, lessons, learners, *seats))
    cells = [(p.learner_id, cell, number) for p, number in given for cell in p.found.times]
    times = (
        numbers(learner for learner, _, _ in cells),
        instants(cell for _, cell, _ in cells),
        numbers(number for _, _, number in cells),
    )
    work.write(_BOOKING, "insert_seat_cells", (market_id, *times))
    ended = texts("booked" for _ in given)
    work.write(ROOM, "end_waits", (learners, lessons, ended, market_id))
    spent = [move for one, number in given for move in _moves(one, number, facts)]
    wallet.post(work, market_id=market_id, at=now, moves=spent)
    events = [_event(one, number) for one, number in given]
    notices.append(work, market_id=market_id, at=now, events=events)


def _moves(given: Place, number: int, facts: ClassFacts) -> list[Move]:
    return moves.paid(
        given.payments,
        event_id=number,
        learner_id=given.learner_id,
        to_account_id=facts.spent_accounts[given.asset],
        seat_id=number,
    )


def _event(given: Place, number: int) -> Happened:
    found = given.found
    return Happened(
        id=number,
        kind="lesson.booked",
        actor=given.actor,
        reason=given.reason,
        lesson_id=found.id,
        learner_id=given.learner_id,
        teacher_id=found.teacher_id,
        starts_at=found.starts_at,
        data={"product": found.product, "asset": given.asset, "paid": given.price},
    )
