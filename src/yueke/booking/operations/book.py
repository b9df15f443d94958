"""The one door to a seat: lock, read, decide, write, for any number of orders at once.

Written order of locks: learners by id, teachers whose slots may be made, then slots by teacher and
time.
"""

from collections.abc import Iterator, Sequence
from datetime import datetime
from itertools import chain

from yueke.booking.operations import keys as request_keys
from yueke.booking.operations import write
from yueke.booking.operations.busy import busy_cells
from yueke.booking.operations.keys import Keys
from yueke.booking.operations.trials import trials_of
from yueke.booking.orders import Booked, BookLesson, Order
from yueke.booking.overbooking.rooms import Room, RoomKey, lock_rooms, rooms_of
from yueke.booking.rules import book as rules
from yueke.booking.rules.book import Placement
from yueke.booking.rules.facts import Facts
from yueke.curriculum import operations as curriculum
from yueke.curriculum.rules import TRIAL, ProductFacts, read_catalogue
from yueke.inventory import operations as inventory
from yueke.kernel.outcome import Answer
from yueke.kernel.refusal import Refusal
from yueke.kernel.transaction import Question, Work
from yueke.notices import operations as notices
from yueke.notices.operations import Number
from yueke.people import operations as people
from yueke.wallet import operations as wallet

Products = dict[str, ProductFacts]
# Each market's catalogue as it was last read. It says which slots to lock; what is read under
# the locks decides.
_products: dict[int, Products] = {}


def book(
    work: Work,
    *,
    market_id: int,
    now: datetime,
    orders: Sequence[Order[BookLesson]],
    recall: bool = True,
) -> list[Answer[Booked] | Refusal]:
    """Carry out orders of one market in their order; answers stand in the same order.

    A whole order is refused (request_key_reused, key_unknown) or answered command by command.
    Without `recall` every key is taken to be new; one that is not fails the transaction
    (request_key_pkey). Locks learners, teachers of time not
    offered, slots.
    """
    facts, keys, ids = _read(work, market_id, now, orders, recall=recall)
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
        paid=placement.price,
        free_cancel_until=placement.free_cancel_until,
    )


def _read(
    work: Work,
    market_id: int,
    now: datetime,
    orders: Sequence[Order[BookLesson]],
    *,
    recall: bool,
) -> tuple[Facts, Keys, Iterator[Number]]:
    """Lock and read everything that decides the orders."""
    products = _products.get(market_id) or read_catalogue(
        *work.ask(curriculum.catalogue(market_id=market_id, now=now)).fetch()
    )
    while True:
        facts, keys, ids = _read_for(work, market_id, now, orders, products, recall=recall)
        _products[market_id] = facts.products
        if _shapes(facts.products) == _shapes(products):
            return facts, keys, ids
        # A lesson has become longer meanwhile, say: the slots of its end are to be locked too.
        products = facts.products


def _read_for(
    work: Work,
    market_id: int,
    now: datetime,
    orders: Sequence[Order[BookLesson]],
    products: Products,
    *,
    recall: bool,
) -> tuple[Facts, Keys, Iterator[Number]]:
    """Lock and read, in one round trip, what decides orders of products as long as these."""
    learners = {c.learner_id for order in orders for c in order.commands}
    named = {c.lot_id for order in orders for c in order.commands if c.lot_id is not None}
    assets = {c.asset for order in orders for c in order.commands}
    wanted = rules.progress_wanted(orders, products)
    slots, cells = rules.cells_wanted(orders, products)
    rooms = sorted(rules.rooms_wanted(orders, products))
    forced = _forced_teachers(orders)
    with work.together():
        # Each a statement of its own: what is read next must be as it is under these locks.
        locked_learners = work.ask(
            people.lock_learners(market_id=market_id, learner_ids=learners),
        )
        if forced:
            work.ask(people.lock_teachers(market_id=market_id, teacher_ids=forced))
        locked_slots = work.ask(inventory.lock_slots(market_id=market_id, slots=slots))
        if rooms:
            work.ask(lock_rooms(market_id=market_id, rooms=rooms))
        read = work.ask(
            curriculum.catalogue(market_id=market_id, now=now),
            curriculum.progress(wanted=wanted),
            busy_cells(market_id, cells),
            wallet.holdings(market_id=market_id, learner_ids=learners, assets=assets, named=named),
            *request_keys.questions(orders, recall=recall),
            notices.next_ids(count=_numbers_needed(orders, products)),
            people.skills_of(market_id=market_id, teacher_ids=forced),
            inventory.abilities(),
            *_seldom(market_id, now, orders, rooms),
        )
    priced, progress, busy, holdings, recalled, live, ids, skilled, words, *seldom = read.fetch()
    [families] = locked_learners.fetch()
    [slot_rows] = locked_slots.fetch()
    facts = Facts(now, read_catalogue(priced))
    facts.families.update((row.id, row.family_id) for row in families)
    facts.slots.update(((row.teacher_id, row.starts_at), row) for row in slot_rows)
    for row in chain.from_iterable(seldom):
        if isinstance(row, Room):
            facts.rooms[row.product_id, row.starts_at] = row
        else:
            facts.trials[row.learner_id] = row
    facts.skills.update((row.id, row.skills) for row in skilled)
    facts.bits.update((row.word, row.bit) for row in words)
    facts.know(progress=progress, busy=busy, holdings=holdings)
    return facts, Keys(recalled, live), iter(ids)


def _shapes(products: Products) -> dict[str, tuple[int, int | None]]:
    """Return of each product what decides which rows to lock and read."""
    return {code: (one.cells, one.major_level_needed) for code, one in products.items()}


def _seldom(
    market_id: int, now: datetime, orders: Sequence[Order[BookLesson]], rooms: Sequence[RoomKey]
) -> Iterator[Question]:
    """Ask about trials and about room for overbooking, where any is wanted."""
    learners = {c.learner_id for order in orders for c in order.commands if c.product == TRIAL}
    if learners:
        yield trials_of(market_id=market_id, now=now, learner_ids=learners)
    if rooms:
        yield rooms_of(market_id=market_id, rooms=rooms)


def _forced_teachers(orders: Sequence[Order[BookLesson]]) -> set[int]:
    forced = (c.teacher_id for order in orders for c in order.commands if c.force)
    return {teacher_id for teacher_id in forced if teacher_id is not None}


def _numbers_needed(orders: Sequence[Order[BookLesson]], products: Products) -> int:
    """One a booking, and one a half-hour that may have to be assembled."""
    count = 0
    for order in orders:
        for command in order.commands:
            product = products.get(command.product)
            count += 1 + (product.cells if command.force and product else 0)
    return count
