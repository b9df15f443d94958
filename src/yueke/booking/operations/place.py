"""Learners leave lessons that stay, and take places in them: read, decide elsewhere, write."""

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import product

from yueke.booking.operations.busy import busy_cells
from yueke.booking.operations.trials import trials_of
from yueke.booking.rules.facts import Cell, Facts
from yueke.booking.rules.lesson import LockedLesson
from yueke.booking.rules.place import Leave, Take
from yueke.curriculum import operations as curriculum
from yueke.curriculum.rules import read_catalogue
from yueke.kernel.actor import Actor
from yueke.kernel.columns import instants, numbers, texts
from yueke.kernel.transaction import Work
from yueke.notices import operations as notices
from yueke.wallet import moves
from yueke.wallet import operations as wallet
from yueke.wallet.operations import Move, Spend
from yueke.wallet.revival import Back, revive

_ROOM = __package__.rpartition(".")[0]


@dataclass(slots=True)
class Change:
    """One side of what happens: somebody leaves, somebody comes, or one leaves and comes.

    `number` is that of its event, and of the seat taken.
    """

    number: int
    leave: Leave | None = None
    take: Take | None = None


def next_numbers(work: Work, *, count: int) -> list[int]:
    """Take numbers for changes."""
    [rows] = work.ask(notices.next_ids(count=count)).fetch()
    return [row.id for row in rows]


def spends_of(work: Work, *, seat_ids: Collection[int]) -> list[Spend]:
    """Return what was paid for seats."""
    spends: list[Spend]
    [spends] = work.ask(wallet.spends_of_seats(seat_ids=seat_ids)).fetch()
    return spends


def read_facts(
    work: Work,
    *,
    market_id: int,
    now: datetime,
    cells: Collection[Cell],
    lots: Iterable[int] = (),
) -> Facts:
    """Read what decides whether learners, locked before, may come at these half-hours.

    `lots` are read even where nothing is left in them.
    """
    [priced] = work.ask(curriculum.catalogue(market_id=market_id, now=now)).fetch()
    facts = Facts(now, read_catalogue(priced))
    learners = {learner_id for learner_id, _ in cells}
    products = [sold.id for sold in facts.products.values()]
    progress, busy, holdings, trials = work.ask(
        curriculum.progress(wanted=product(learners, products)),
        busy_cells(market_id, cells),
        wallet.holdings(market_id=market_id, learner_ids=learners, named=lots),
        trials_of(market_id=market_id, now=now, learner_ids=learners),
    ).fetch()
    facts.trials.update((row.learner_id, row) for row in trials)
    facts.know(progress=progress, busy=busy, holdings=holdings)
    return facts


def changes_of(work: Work, leaves: Sequence[Leave]) -> list[Change]:
    """Return a change with a number for each who leaves."""
    numbers = next_numbers(work, count=len(leaves))
    return [Change(number, leave=leave) for number, leave in zip(numbers, leaves, strict=True)]


def leave(
    work: Work, *, actor: Actor, now: datetime, changes: Sequence[Change], emptied: str = "vacant"
) -> None:
    """Write that learners left, as `write` does."""
    seats = [change.leave.lesson.seat_id for change in changes if change.leave]
    spends = spends_of(work, seat_ids=seats)
    write(work, actor=actor, now=now, changes=changes, spends=spends, emptied=emptied)


def write(
    work: Work,
    *,
    actor: Actor,
    now: datetime,
    changes: Sequence[Change],
    spends: Sequence[Spend],
    facts: Facts | None = None,
    emptied: str = "vacant",
) -> None:
    """Write changes of places; the lessons say afterwards who is in them.

    `emptied` is what a lesson is that has lost its last learner.
    """
    market_id = actor.market_id
    left = [change.leave for change in changes if change.leave]
    taken = [(change.take, change.number) for change in changes if change.take]
    _leave(work, market_id, left)
    _take(work, market_id, taken)
    for lesson in _told(left, [take for take, _ in taken], emptied):
        params = (lesson.seats_taken, lesson.state, lesson.course_id, lesson.course_number)
        work.write(_ROOM, "set_lesson_places", (*params, market_id, lesson.id))
    moves = [move for change in changes for move in _moves(change, spends, facts)]
    wallet.post(work, market_id=market_id, at=now, moves=moves)
    back = [
        Back(spend, one.lesson.learner_id, actor)
        for one in left
        if one.refund
        for spend in spends
        if spend.seat_id == one.lesson.seat_id
    ]
    spent = Counter[int]()
    for take, _ in taken:
        spent.update({lot.id: amount for lot, amount in take.payments})
    revive(work, market_id=market_id, now=now, back=back, spent=spent)


def _leave(work: Work, market_id: int, left: Sequence[Leave]) -> None:
    seats, refunds = numbers(one.lesson.seat_id for one in left), numbers(o.refund for o in left)
    work.write(_ROOM, "cancel_seats", (seats, refunds, market_id))
    cells = [(one.lesson.learner_id, cell) for one in left for cell in one.lesson.times]
    columns = (numbers(learner for learner, _ in cells), instants(cell for _, cell in cells))
    work.write(_ROOM, "free_seat_cells", (*columns, market_id))


def _take(work: Work, market_id: int, taken: Sequence[tuple[Take, int]]) -> None:
    seats = (
        numbers(number for _, number in taken),
        numbers(take.lesson.id for take, _ in taken),
        numbers(take.learner_id for take, _ in taken),
        instants(take.lesson.starts_at for take, _ in taken),
        texts(take.asset for take, _ in taken),
        numbers(take.price for take, _ in taken),
        numbers(take.product.free_cancel_hours for take, _ in taken),
    )
    work.write(_ROOM, "insert_seats", (market_id, *seats))
    cells = [
        (take.learner_id, cell, number) for take, number in taken for cell in take.lesson.times
    ]
    columns = (
        numbers(learner for learner, _, _ in cells),
        instants(cell for _, cell, _ in cells),
        numbers(number for _, _, number in cells),
    )
    work.write(_ROOM, "insert_seat_cells", (market_id, *columns))


def _told(left: Sequence[Leave], taken: Sequence[Take], emptied: str) -> list[LockedLesson]:
    """Let the lessons know who is in them now."""
    lessons: dict[int, LockedLesson] = {}
    for one in left:
        lesson = lessons.setdefault(one.lesson.id, one.lesson)
        lesson.seats_taken -= 1
    for take in taken:
        lesson = lessons.setdefault(take.lesson.id, take.lesson)
        lesson.seats_taken += 1
        if lesson.seats_taken == 1:
            # What was chosen for another learner is not what is next for this one.
            lesson.course_id, lesson.course_number = take.course_id, None
    for lesson in lessons.values():
        if lesson.seats_taken or (emptied == "vacant" and lesson.capacity > 1):
            lesson.state = "booked"
        else:
            lesson.state = emptied
    return list(lessons.values())


def _moves(change: Change, spends: Sequence[Spend], facts: Facts | None) -> list[Move]:
    """Send back what was paid for the seat left, then pay for the one taken."""
    back = _refunds(change, spends)
    return [*back, *_payments(change, facts, first_part=len(back))]


def _refunds(change: Change, spends: Sequence[Spend]) -> list[Move]:
    if change.leave is None or not change.leave.refund:
        return []
    lesson = change.leave.lesson
    paid = [spend for spend in spends if spend.seat_id == lesson.seat_id]
    return moves.given_back(
        paid, event_id=change.number, learner_id=lesson.learner_id, seat_id=lesson.seat_id
    )


def _payments(change: Change, facts: Facts | None, *, first_part: int) -> list[Move]:
    if change.take is None:
        return []
    assert facts is not None
    take = change.take
    return moves.paid(
        take.payments,
        event_id=change.number,
        learner_id=take.learner_id,
        to_account_id=facts.spent_accounts[take.asset],
        seat_id=change.number,
        first_part=first_part,
    )
