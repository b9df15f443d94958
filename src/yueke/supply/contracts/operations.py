"""What the commands of contracts share, inside the caller's transaction."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from yueke.curriculum import queries as curriculum
from yueke.inventory import operations as inventory
from yueke.inventory.models import Slot
from yueke.inventory.orders import Target
from yueke.inventory.refusals import TimeInPast
from yueke.kernel.actor import Actor
from yueke.kernel.grid import cells_of
from yueke.kernel.refusal import Refusal
from yueke.kernel.transaction import Work
from yueke.notices import operations as notices
from yueke.notices.operations import Happened
from yueke.people import channels
from yueke.supply.contracts.models import Contract, ContractLesson
from yueke.supply.contracts.orders import ContractLessonNow, ContractNow
from yueke.supply.contracts.refusals import ContractNotFound, ContractOver
from yueke.supply.holidays.queries import Calendar
from yueke.supply.holidays.refusals import OnHoliday

LIVE = (Contract.State.PROPOSED, Contract.State.ACTIVE)


def lock(actor: Actor, contract_id: int, permission: str) -> Contract:
    """Lock a live contract within the caller's reach.

    Refuses: channel_may_not, contract_not_found, contract_over.
    """
    channels.require(actor, permission, "contract")
    found = Contract.objects.select_for_update().filter(market_id=actor.market_id, id=contract_id)
    contract = found.first()
    if contract is None or not actor.may_touch_teacher(contract.teacher_id):
        raise ContractNotFound(contract_id)
    if contract.state not in LIVE:
        raise ContractOver(contract_id, contract.state)
    return contract


def cells(contract: Contract, starts_at: datetime, now: datetime) -> tuple[datetime, ...]:
    """Return the half-hours of a lesson of the contract."""
    product = curriculum.facts(market_id=contract.market_id, now=now)[contract.product]
    return cells_of(starts_at, product.cells)


def free_time(
    work: Work, contract: Contract, lesson: ContractLesson, *, actor: Actor, now: datetime
) -> None:
    """Give the teacher back time that waited for their answer.

    What they had offered before is open to anyone again; what was opened for the contract goes.
    """
    assert lesson.starts_at is not None
    times = cells(contract, lesson.starts_at, now)
    slots = [(contract.teacher_id, cell) for cell in times]
    work.ask(inventory.lock_slots(market_id=contract.market_id, slots=slots))
    kept = Slot.objects.filter(
        market_id=contract.market_id,
        teacher_id=contract.teacher_id,
        starts_at__in=times,
        state=Slot.State.OPEN,
        target_kind=Slot.Target.CONTRACT,
        target_id=contract.pk,
    )
    for slot in kept.order_by("starts_at"):
        change = inventory.open_to_anyone if slot.kept_on_cancel is None else inventory.withdraw
        change(work, actor=actor, now=now, teacher_id=contract.teacher_id, starts=[slot.starts_at])


def why_not(lesson: ContractLesson, now: datetime, calendar: Calendar) -> Refusal | None:
    """Return why a week's lesson cannot be, whoever is free then.

    The clock skips its time, or it has passed, or it lies on a holiday.
    """
    at = lesson.starts_at
    if at is None or at <= now:
        return TimeInPast(at or now)
    holiday = calendar.at(at)
    return OnHoliday(at, holiday.name) if holiday else None


def to_miss(lesson: ContractLesson, refusal: Refusal) -> None:
    """Write into a lesson, not yet saved, why it cannot be."""
    lesson.state, lesson.why, lesson.answer_by = ContractLesson.State.MISSED, refusal.code, None


def target_of(contract: Contract) -> Target:
    """Return whom the contract's time is kept for."""
    return Target("contract", contract.pk)


def tell(
    work: Work,
    contract: Contract,
    kind: str,
    *,
    actor: Actor,
    now: datetime,
    reason: str = "",
    lesson: ContractLesson | None = None,
) -> None:
    """Append what happened to a contract, or to its lesson of a week."""
    data: dict[str, Any] = {"contract": contract.pk, "product": contract.product}
    if lesson is not None:
        data |= {"week": lesson.week.isoformat(), "why": lesson.why}
    event = Happened(
        0,
        kind,
        actor,
        reason,
        learner_id=contract.learner_id,
        teacher_id=contract.teacher_id,
        starts_at=lesson.starts_at if lesson else None,
        data=data,
    )
    notices.append_one(work, at=now, event=event)


def now_of(contract: Contract, lessons: Iterable[ContractLesson]) -> ContractNow:
    """Return a contract as callers see it."""
    return ContractNow(
        contract.pk,
        contract.pair_id,
        contract.learner_id,
        contract.teacher_id,
        contract.state,
        [
            ContractLessonNow(one.week.isoformat(), one.starts_at, one.state, one.seat_id, one.why)
            for one in lessons
        ],
    )
