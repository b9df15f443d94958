"""Book seats in classes that are there already, for any number of orders at once.

It stands beside `booking.operations.book`, whose lessons come about with their one seat and are
never locked: to take classes in there, every ordinary booking would carry a lock and a read
more. What the two write, and in which order they lock, is the same: learners by id, then lessons.
No slot changes when somebody joins, so none is locked.
"""

from collections.abc import Iterator, Sequence
from datetime import datetime

from yueke.booking.classes.operations import read, seats
from yueke.booking.classes.orders import BookPlace, PlaceBooked
from yueke.booking.classes.rules import join as rules
from yueke.booking.classes.rules.facts import ClassFacts
from yueke.booking.classes.rules.join import Place
from yueke.booking.operations import keys as request_keys
from yueke.booking.operations.keys import Keys
from yueke.booking.orders import Order
from yueke.kernel.outcome import Answer
from yueke.kernel.refusal import Refusal
from yueke.kernel.transaction import Work
from yueke.notices import operations as notices
from yueke.notices.operations import Number
from yueke.people import operations as people
from yueke.wallet import operations as wallet


def join(
    work: Work,
    *,
    market_id: int,
    now: datetime,
    orders: Sequence[Order[BookPlace]],
    handed_over_at: datetime | None,
) -> list[Answer[PlaceBooked] | Refusal]:
    """Carry out orders of one market in their order; answers stand in the same order.

    A whole order is refused (request_key_reused, key_unknown) or answered place by place.
    Locks learners, then classes.
    """
    facts = ClassFacts(now, read.products(work, market_id=market_id, now=now))
    keys, ids = _read(work, market_id, facts, orders)
    answers: list[Answer[PlaceBooked] | Refusal] = []
    given: list[tuple[Place, int]] = []
    for order in orders:
        known = keys.known(order, PlaceBooked)
        if known is not None:
            answers.append(known)
            continue
        results: list[PlaceBooked | Refusal] = []
        for decided in rules.decide_order(facts, order, handed_over_at):
            if isinstance(decided, Refusal):
                results.append(decided)
            else:
                number = next(ids).id
                given.append((decided, number))
                results.append(_booked(decided, number))
        answers.append(keys.answer(order, results))
    with work.as_one():
        seats.write(work, market_id=market_id, now=now, given=given, facts=facts)
        keys.remember(work, now=now)
    return answers


def _read(
    work: Work, market_id: int, facts: ClassFacts, orders: Sequence[Order[BookPlace]]
) -> tuple[Keys, Iterator[Number]]:
    """Lock and read everything that decides the orders, in one round trip."""
    commands = [command for order in orders for command in order.commands]
    learners = {c.learner_id for c in commands}
    named = {c.lot_id for c in commands if c.lot_id is not None}
    asked = {(c.learner_id, c.class_id) for c in commands}
    with work.together():
        # Each a statement of its own: what is read next must be as it is under these locks.
        locked_learners = work.ask(people.lock_learners(market_id=market_id, learner_ids=learners))
        classes = {class_id for _, class_id in asked}
        locked = work.ask(read.lock_classes(market_id=market_id, class_ids=classes))
        answers = work.ask(
            read.busy_at_classes(market_id=market_id, asked=asked),
            wallet.holdings(market_id=market_id, learner_ids=learners, named=named),
            *request_keys.questions(orders),
            notices.next_ids(count=len(commands)),
        )
    [families] = locked_learners.fetch()
    [classes_found] = locked.fetch()
    elsewhere, holdings, recalled, live, ids = answers.fetch()
    read.note(
        facts, learners=families, classes=classes_found, elsewhere=elsewhere, holdings=holdings
    )
    return Keys(recalled, live), iter(ids)


def _booked(given: Place, number: int) -> PlaceBooked:
    return PlaceBooked(
        seat_id=number,
        class_id=given.found.id,
        learner_id=given.learner_id,
        starts_at=given.found.starts_at,
        asset=given.asset,
        paid=given.price,
        free_cancel_until=given.free_cancel_until,
    )
