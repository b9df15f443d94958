"""Whether a learner may have a seat in a class, decided place by place in the order given."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from yueke.booking.classes.orders import BookPlace
from yueke.booking.classes.refusals import (
    AlreadyInClass,
    ClassAlreadyStarted,
    ClassFull,
    ClassNotFound,
    ClassNotPublished,
)
from yueke.booking.classes.rules.facts import ClassFacts, LockedClass
from yueke.booking.classes.rules.making import check_hand_over
from yueke.booking.orders import Order
from yueke.booking.refusals import LearnerBusy, ListRefused
from yueke.booking.rules.pay import choose_lots
from yueke.kernel.actor import Actor
from yueke.kernel.refusal import Refusal
from yueke.people import channels
from yueke.people.refusals import LearnerNotFound
from yueke.wallet.rules import Holding


@dataclass(slots=True)
class Place:
    """A seat given: whose, in which class, who asked for it, and what pays."""

    actor: Actor
    learner_id: int
    found: LockedClass
    asset: str
    price: int
    payments: list[tuple[Holding, int]]
    free_cancel_hours: int
    reason: str = ""

    @property
    def free_cancel_until(self) -> datetime:
        """The last instant at which leaving costs nothing."""
        return self.found.starts_at - timedelta(hours=self.free_cancel_hours)


def decide_order(
    facts: ClassFacts, order: Order[BookPlace], handed_over_at: datetime | None
) -> list[Place | Refusal]:
    """Decide one order; accepted places change the facts for what comes after."""
    facts.undo = [] if order.all_or_none else None
    results: list[Place | Refusal] = []
    for command in order.commands:
        try:
            check_hand_over(order.actor, handed_over_at, facts.now)
            _check_caller(facts, order.actor, command)
            results.append(
                place(
                    facts,
                    actor=order.actor,
                    learner_id=command.learner_id,
                    found=class_of(facts, order.actor, command.class_id),
                    asset=command.asset,
                    lot_id=command.lot_id,
                    reason=command.reason,
                )
            )
        except Refusal as refusal:
            results.append(refusal.as_answer())
    if order.all_or_none and any(isinstance(r, Refusal) for r in results):
        facts.roll_back()
        return [r if isinstance(r, Refusal) else ListRefused() for r in results]
    return results


def class_of(facts: ClassFacts, actor: Actor, class_id: int) -> LockedClass:
    """Return a class that can be booked, or refuse.

    Refuses: class_not_found, class_not_published, class_already_started. To a family a class
    that is not published is none.
    """
    found = facts.classes.get(class_id)
    if found is None or found.state == "cancelled":
        raise ClassNotFound(class_id)
    if not found.is_published:
        if actor.family_id is not None or channels.side(actor.channel) == "family":
            raise ClassNotFound(class_id)
        raise ClassNotPublished(class_id)
    if found.starts_at <= facts.now:
        raise ClassAlreadyStarted(class_id)
    return found


def check_free(facts: ClassFacts, learner_id: int, found: LockedClass) -> None:
    """Refuse a learner who is in the class or elsewhere (already_in_class, learner_busy)."""
    if (learner_id, found.id) in facts.seated:
        raise AlreadyInClass(found.id)
    for cell in found.times:
        if (learner_id, cell) in facts.busy:
            raise LearnerBusy(learner_id, cell)


def place(
    facts: ClassFacts,
    *,
    actor: Actor,
    learner_id: int,
    found: LockedClass,
    asset: str,
    lot_id: int | None = None,
    reason: str = "",
) -> Place:
    """Give a seat in a class, and take what it needs out of the facts.

    Refuses: already_in_class, learner_busy, class_full, and as `choose_lots`.
    """
    check_free(facts, learner_id, found)
    if found.seats_taken >= found.capacity:
        raise ClassFull(found.id)
    product = facts.products[found.product]
    payments = choose_lots(
        facts, learner_id=learner_id, product=product, asset=asset, lot_id=lot_id
    )
    price, hours = product.prices[asset], product.free_cancel_hours
    given = Place(actor, learner_id, found, asset, price, payments, hours, reason)
    _take(facts, given)
    return given


def _check_caller(facts: ClassFacts, actor: Actor, command: BookPlace) -> None:
    channels.require(actor, "book", "open")
    channels.require(actor, "pay", command.asset)
    family_id = facts.families.get(command.learner_id)
    if family_id is None or not actor.may_touch_family(family_id):
        raise LearnerNotFound(command.learner_id)


def _take(facts: ClassFacts, given: Place) -> None:
    found, learner_id = given.found, given.learner_id
    busy = [(learner_id, cell) for cell in found.times]
    found.seats_taken += 1
    facts.busy.update(busy)
    facts.seated.add((learner_id, found.id))
    for lot, share in given.payments:
        lot.balance -= share
    if facts.undo is None:
        return

    def undo() -> None:
        found.seats_taken -= 1
        facts.busy.difference_update(busy)
        facts.seated.discard((learner_id, found.id))
        for lot, share in given.payments:
            lot.balance += share

    facts.undo.append(undo)
