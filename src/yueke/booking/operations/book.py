"""The one door to a seat: lock, read, decide, write, for any number of orders at once.

Written order of locks: learners by id, then slots by teacher and time.
"""

from collections.abc import Iterator, Sequence
from datetime import datetime

from yueke.booking.operations import keys as request_keys
from yueke.booking.operations import write
from yueke.booking.operations.busy import busy_cells
from yueke.booking.operations.keys import Keys
from yueke.booking.operations.trials import trials_of
from yueke.booking.orders import Booked, BookLesson, Order
from yueke.booking.rules import book as rules
from yueke.booking.rules.book import Placement
from yueke.booking.rules.facts import Facts
from yueke.curriculum import operations as curriculum
from yueke.curriculum.rules import TRIAL, read_catalogue
from yueke.inventory import operations as inventory
from yueke.kernel.outcome import Answer
from yueke.kernel.refusal import Refusal
from yueke.kernel.transaction import Question, Work
from yueke.notices import operations as notices
from yueke.notices.operations import Number
from yueke.people import operations as people
from yueke.wallet import operations as wallet


def book(
    work: Work, *, market_id: int, now: datetime, orders: Sequence[Order[BookLesson]]
) -> list[Answer[Booked] | Refusal]:
    """Carry out orders of one market in their order; answers stand in the same order.

    A whole order is refused (request_key_reused, key_unknown) or answered command by command.
    Locks learners, then slots.
    """
    products = read_catalogue(curriculum.catalogue(work, market_id=market_id, now=now))
    facts = Facts(now, products)
    keys, ids = _read(work, market_id, facts, orders)
    answers: list[Answer[Booked] | Refusal] = []
    placed: list[tuple[Placement, int]] = []
    for order in orders:
        known = keys.known(order, Booked)
        if known is not None:
            answers.append(known)
            continue
        results: list[Booked | Refusal] = []
        for decided in rules.decide_order(facts, order):
            if isinstance(decided, Refusal):
                results.append(decided)
            else:
                decided.released_ids = [next(ids).id for _ in decided.assembled]
                number = next(ids).id
                placed.append((decided, number))
                results.append(_booked(decided, number))
        answers.append(keys.answer(order, results))
    write.bookings(work, market_id=market_id, now=now, placed=placed, facts=facts, keys=keys)
    return answers


def _booked(placement: Placement, number: int) -> Booked:
    command = placement.command
    return Booked(
        seat_id=number,
        lesson_id=number,
        learner_id=command.learner_id,
        teacher_id=command.teacher_id,
        starts_at=command.starts_at,
        product=command.product,
        asset=command.asset,
        paid=placement.product.prices[command.asset],
        free_cancel_until=placement.free_cancel_until,
    )


def _read(
    work: Work, market_id: int, facts: Facts, orders: Sequence[Order[BookLesson]]
) -> tuple[Keys, Iterator[Number]]:
    """Lock and read everything that decides the orders, in one round trip."""
    learners = {c.learner_id for order in orders for c in order.commands}
    named = {c.lot_id for order in orders for c in order.commands if c.lot_id is not None}
    slots, cells = rules.cells_wanted(orders, facts.products)
    with work.together():
        # Each a statement of its own: what is read next must be as it is under these locks.
        locked_learners = work.ask(
            people.lock_learners(market_id=market_id, learner_ids=learners),
        )
        locked_slots = work.ask(inventory.lock_slots(market_id=market_id, slots=slots))
        read = work.ask(
            curriculum.progress(learner_ids=learners),
            busy_cells(market_id, cells),
            wallet.holdings(market_id=market_id, learner_ids=learners, named=named),
            *request_keys.questions(orders),
            notices.next_ids(count=_numbers_needed(orders, facts)),
            people.skills_of(market_id=market_id, teacher_ids=_forced_teachers(orders)),
            *_trials(market_id, facts.now, orders),
        )
    [families] = locked_learners.fetch()
    facts.families.update((row.id, row.family_id) for row in families)
    [slot_rows] = locked_slots.fetch()
    facts.slots.update(((row.teacher_id, row.starts_at), row) for row in slot_rows)
    progress, busy, holdings, recalled, live, ids, skilled, *trials = read.fetch()
    facts.trials.update((row.learner_id, row) for rows in trials for row in rows)
    facts.skills.update((row.id, row.skills) for row in skilled)
    facts.know(progress=progress, busy=busy, holdings=holdings)
    return Keys(recalled, live), iter(ids)


def _trials(market_id: int, now: datetime, orders: Sequence[Order[BookLesson]]) -> list[Question]:
    """Ask about trials where any is wanted, which is seldom."""
    learners = {c.learner_id for order in orders for c in order.commands if c.product == TRIAL}
    return [trials_of(market_id=market_id, now=now, learner_ids=learners)] if learners else []


def _forced_teachers(orders: Sequence[Order[BookLesson]]) -> set[int]:
    return {c.teacher_id for order in orders for c in order.commands if c.force}


def _numbers_needed(orders: Sequence[Order[BookLesson]], facts: Facts) -> int:
    """One a booking, and one a half-hour that may have to be assembled."""
    count = 0
    for order in orders:
        for command in order.commands:
            product = facts.products.get(command.product)
            count += 1 + (product.cells if command.force and product else 0)
    return count
