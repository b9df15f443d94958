"""The one door to a seat: lock, read, decide, write, for any number of orders at once.

Written order of locks: learners by id, then slots by teacher and time.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from yueke.booking.operations import write
from yueke.booking.operations.keys import Keys
from yueke.booking.orders import Booked, BookLesson, Order
from yueke.booking.rules import book as rules
from yueke.booking.rules.book import Placement
from yueke.booking.rules.facts import Facts, LotFacts, SlotFacts
from yueke.curriculum import operations as curriculum
from yueke.curriculum.rules import read_catalogue
from yueke.inventory import operations as inventory
from yueke.kernel.columns import instants, numbers
from yueke.kernel.outcome import Answer
from yueke.kernel.refusal import Refusal
from yueke.kernel.transaction import Work
from yueke.notices import operations as notices
from yueke.people import operations as people
from yueke.wallet import operations as wallet

_ROOM = __package__.rpartition(".")[0]


def book(
    work: Work, *, market_id: int, now: datetime, orders: Sequence[Order[BookLesson]]
) -> list[Answer[Booked] | Refusal]:
    """Carry out orders of one market in their order; answers stand in the same order.

    A whole order is refused (request_key_reused, key_unknown) or answered command by command.
    Locks learners, then slots.
    """
    products = read_catalogue(curriculum.catalogue(work, market_id=market_id))
    facts, keys, ids = _read(work, market_id, Facts(now, products), orders)
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
                number = next(ids)
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
) -> tuple[Facts, Keys, Any]:
    """Lock and read everything that decides the orders, in one round trip."""
    learners = {c.learner_id for order in orders for c in order.commands}
    named = {c.lot_id for order in orders for c in order.commands if c.lot_id is not None}
    slots, cells = rules.cells_wanted(orders, facts.products)
    with work.together():
        locked = people.lock_learners(work, market_id=market_id, learner_ids=learners)
        slot_rows = inventory.lock_slots(work, market_id=market_id, slots=slots)
        progress = curriculum.progress(work, learner_ids=learners)
        busy = _busy(work, market_id, cells)
        lots = wallet.lots(work, market_id=market_id, learner_ids=learners, named=named)
        keys = Keys(work, orders)
        ids = notices.next_ids(work, count=sum(len(order.commands) for order in orders))
    facts.families.update(locked.fetchall())
    for teacher_id, starts_at, state, kind, target, until, skills in slot_rows.fetchall():
        known = SlotFacts(state, kind, target, until, frozenset(skills))
        facts.slots[teacher_id, starts_at] = known
    facts.courses.update(((r[0], r[1]), (r[2], r[3])) for r in progress.fetchall())
    facts.busy.update(busy.fetchall())
    for id_, role, learner, asset, product, expires_at, balance in lots.fetchall():
        if role == "lot":
            lot = LotFacts(id_, learner, asset, product, expires_at, balance)
            facts.lots.setdefault(learner, []).append(lot)
        elif role == "spent":
            facts.spent_accounts[asset] = id_
    keys.read()
    return facts, keys, (row[0] for row in ids.fetchall())


def _busy(work: Work, market_id: int, cells: set[tuple[int, datetime]]) -> Any:
    params = (numbers(lrn for lrn, _ in cells), instants(at for _, at in cells), market_id)
    return work.run(_ROOM, "busy", params)
