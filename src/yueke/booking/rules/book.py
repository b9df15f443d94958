"""Whether a lesson may be booked, decided command by command in the order given."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from yueke.booking.orders import BookLesson, Order
from yueke.booking.overbooking.rooms import RoomKey
from yueke.booking.refusals import LearnerBusy, ListRefused
from yueke.booking.rules.facts import Facts
from yueke.booking.rules.pay import choose_lots
from yueke.booking.rules.slot import check_skill, check_teaches, free_slot
from yueke.curriculum.refusals import CourseNotOpen, LevelTooLow, ProductUnknown
from yueke.curriculum.rules import MAJOR, TRIAL, ProductFacts
from yueke.inventory.orders import Target
from yueke.inventory.refusals import (
    TimeInPast,
    TimeOffGrid,
)
from yueke.inventory.rules.locked_slot import OfferedSlot
from yueke.kernel.actor import Actor
from yueke.kernel.grid import cells_of, is_on_grid
from yueke.kernel.refusal import Refusal
from yueke.people import channels
from yueke.people.refusals import LearnerNotFound, TeacherNotFound
from yueke.wallet.rules import Holding


@dataclass(slots=True)
class Placement:
    """A booking accepted: where it lies and what pays for it. `assembled` had no slot."""

    order: Order[BookLesson]
    command: BookLesson
    product: ProductFacts
    course_id: int
    cells: tuple[datetime, ...]
    payments: list[tuple[Holding, int]]
    free_cancel_until: datetime
    assembled: tuple[datetime, ...] = ()
    # Numbers for the events that tell of those, once they are known.
    released_ids: list[int] = field(default_factory=list)

    @property
    def price(self) -> int:
        """What it costs, in units of the asset."""
        return 0 if self.command.free else self.product.prices[self.command.asset]


def decide_order(facts: Facts, order: Order[BookLesson]) -> list[Placement | Refusal]:
    """Decide one order; accepted commands change the facts for what comes after."""
    facts.undo = [] if order.all_or_none else None
    if order.first_of:
        return _first(decide(facts, order, command) for command in order.commands)
    results = [decide(facts, order, command) for command in order.commands]
    if order.all_or_none and any(isinstance(r, Refusal) for r in results):
        facts.roll_back()
        return [r if isinstance(r, Refusal) else ListRefused() for r in results]
    return results


def _first(decided: Iterable[Placement | Refusal]) -> list[Placement | Refusal]:
    """Return the first that is accepted, or why the last is not; none of none."""
    last: list[Placement | Refusal] = []
    for one in decided:
        last = [one]
        if not isinstance(one, Refusal):
            break
    return last


def decide(facts: Facts, order: Order[BookLesson], command: BookLesson) -> Placement | Refusal:
    """Decide one command, and take what it was given out of the facts."""
    try:
        placement = _place(facts, order, command)
    except Refusal as refusal:
        return refusal.as_answer()
    _take(facts, placement)
    return placement


def _place(facts: Facts, order: Order[BookLesson], command: BookLesson) -> Placement:
    product = facts.products.get(command.product)
    if product is None:
        raise ProductUnknown(command.product)
    _check_caller(facts, order.actor, command)
    if not is_on_grid(command.starts_at):
        raise TimeOffGrid(command.starts_at)
    if is_too_late(command, facts.now):
        raise TimeInPast(command.starts_at)
    course = facts.courses.get((command.learner_id, product.id))
    if course is None:
        raise CourseNotOpen(product.code)
    course_id, level = course
    check_learner(facts, command.learner_id, product)
    cells = cells_of(command.starts_at, product.cells)
    assembled = _check_time(facts, command, product, level, cells)
    for cell in cells:
        if (command.learner_id, cell) in facts.busy:
            raise LearnerBusy(command.learner_id, cell)
    payments = choose_lots(
        facts,
        learner_id=command.learner_id,
        product=product,
        asset=command.asset,
        lot_id=command.lot_id,
        free=command.free,
    )
    until = command.starts_at - timedelta(hours=product.free_cancel_hours)
    return Placement(order, command, product, course_id, cells, payments, until, assembled)


def _check_caller(facts: Facts, actor: Actor, command: BookLesson) -> None:
    channels.require(actor, command.permission, command.product)
    channels.require(actor, "pay", command.asset)
    family_id = facts.families.get(command.learner_id)
    if family_id is None or not actor.may_touch_family(family_id):
        raise LearnerNotFound(command.learner_id)


def is_too_late(command: BookLesson, now: datetime) -> bool:
    """Tell whether the time to book it is over: its start, unless another was set."""
    return command.starts_at <= now if command.until is None else command.until < now


def check_learner(facts: Facts, learner_id: int, product: ProductFacts) -> None:
    """Refuse who has not reached the level it needs, or has had their trial.

    Refuses: level_too_low, trial_limit_reached.
    """
    needed = product.major_level_needed
    if needed is not None:
        major = facts.products[MAJOR].id
        _, reached = facts.courses.get((learner_id, major), (0, -1))
        if reached < needed:
            raise LevelTooLow(product.code, needed)
    if product.code == TRIAL:
        facts.trials[learner_id].check()


def _check_time(
    facts: Facts,
    command: BookLesson,
    product: ProductFacts,
    level: int,
    cells: tuple[datetime, ...],
) -> tuple[datetime, ...]:
    """Refuse time that is not free; return the cells that are to be assembled."""
    teacher_id = command.teacher_id
    if teacher_id is None:
        facts.rooms[product.id, command.starts_at].check()
        return ()
    assembled = _assemble(facts, teacher_id, product, level, cells) if command.force else ()
    for cell in cells:
        if cell not in assembled:
            _check_slot(facts, command, teacher_id, product, level, cell)
    return assembled


def _assemble(
    facts: Facts,
    teacher_id: int,
    product: ProductFacts,
    level: int,
    cells: tuple[datetime, ...],
) -> tuple[datetime, ...]:
    """Return the cells that the teacher has not offered, if they may teach this."""
    missing = tuple(cell for cell in cells if (teacher_id, cell) not in facts.slots)
    if missing:
        skills = facts.skills.get(teacher_id)
        if skills is None:
            raise TeacherNotFound(teacher_id)
        check_skill(skills, teacher_id, product.code, level)
    return missing


def _check_slot(
    facts: Facts,
    command: BookLesson,
    teacher_id: int,
    product: ProductFacts,
    level: int,
    cell: datetime,
) -> None:
    learner_id = command.learner_id
    found = facts.slots.get((teacher_id, cell))
    slot = free_slot(
        found,
        teacher_id,
        cell,
        learner_id=learner_id,
        product_id=product.id,
        now=facts.now,
        target=command.target,
    )
    check_teaches(slot, product.code, level, facts.bits)


def _take(facts: Facts, placement: Placement) -> None:
    command, teacher_id = placement.command, placement.command.teacher_id
    slots, room = [], None
    if teacher_id is None:
        room = facts.rooms[placement.product.id, command.starts_at]
        room.taken += 1
    else:
        for cell in placement.assembled:
            facts.slots[teacher_id, cell] = _assembled(command, teacher_id, cell)
        slots = [facts.slots[teacher_id, cell] for cell in placement.cells]
    busy = [(command.learner_id, cell) for cell in placement.cells]
    for slot in slots:
        slot.state = "booked"
    facts.busy.update(busy)
    for lot, share in placement.payments:
        lot.balance -= share
    trials = facts.trials[command.learner_id] if placement.product.code == TRIAL else None
    if trials:
        trials.taken += 1

    if facts.undo is None:
        return

    def undo() -> None:
        for slot in slots:
            slot.state = "open"
        for cell in placement.assembled:
            facts.slots.pop((teacher_id or 0, cell))
        if room:
            room.taken -= 1
        facts.busy.difference_update(busy)
        for lot, share in placement.payments:
            lot.balance += share
        if trials:
            trials.taken -= 1

    facts.undo.append(undo)


def _assembled(command: BookLesson, teacher_id: int, cell: datetime) -> OfferedSlot:
    target = target_of(command)
    return OfferedSlot(teacher_id, cell, "open", target.kind, target.id, None, 0, None)


def target_of(command: BookLesson) -> Target:
    """Return for whom time is taken that the teacher has not offered."""
    return command.target or Target("student", command.learner_id)


def progress_wanted(
    orders: Sequence[Order[BookLesson]], products: dict[str, ProductFacts]
) -> set[tuple[int, int]]:
    """Return (learner, product) where it matters how far a learner has come in a product."""
    wanted: set[tuple[int, int]] = set()
    for order in orders:
        for command in order.commands:
            product = products.get(command.product)
            if product is not None:
                wanted.add((command.learner_id, product.id))
                if product.major_level_needed is not None:
                    wanted.add((command.learner_id, products[MAJOR].id))
    return wanted


def rooms_wanted(
    orders: Sequence[Order[BookLesson]], products: dict[str, ProductFacts]
) -> set[RoomKey]:
    """Return the half-hours of products at which orders ask for lessons without teachers."""
    return {
        (products[command.product].id, command.starts_at)
        for order in orders
        for command in order.commands
        if command.teacher_id is None and command.product in products
    }


def cells_wanted(
    orders: Sequence[Order[BookLesson]], products: dict[str, ProductFacts]
) -> tuple[set[tuple[int, datetime]], set[tuple[int, datetime]]]:
    """Return the cells of teachers and of learners that orders ask for."""
    teachers: set[tuple[int, datetime]] = set()
    learners: set[tuple[int, datetime]] = set()
    for order in orders:
        for command in order.commands:
            product = products.get(command.product)
            for cell in cells_of(command.starts_at, product.cells if product else 1):
                if command.teacher_id is not None:
                    teachers.add((command.teacher_id, cell))
                learners.add((command.learner_id, cell))
    return teachers, learners
