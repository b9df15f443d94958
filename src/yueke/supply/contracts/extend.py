"""The timers of contracts: lessons of the weeks to come, and answers that never came."""

from collections.abc import Sequence
from datetime import datetime

from yueke.booking.operations.busy import busy_cells
from yueke.booking.refusals import LearnerBusy
from yueke.inventory import operations as inventory
from yueke.inventory.refusals import SlotAlreadyTaken, SlotTargeted
from yueke.inventory.rules.locked_slot import LockedSlot
from yueke.kernel.actor import Actor
from yueke.kernel.refusal import Refusal
from yueke.kernel.transaction import Work, begin
from yueke.people import operations as people
from yueke.people import policies
from yueke.people.models import Market
from yueke.supply.contracts import operations, rules
from yueke.supply.contracts.models import Contract, ContractLesson
from yueke.supply.holidays import queries as holidays
from yueke.supply.holidays.queries import Calendar
from yueke.supply.weeks import WEEK, WeeklyTime
from yueke.supply.zones import zone_of_market


def extend(*, market_id: int, now: datetime, limit: int = 50) -> int:
    """Plan the next week of contracts of a market, at most `limit`; return how many (SD-12).

    Time that the teacher offers is kept for the contract, other time is opened for it; it is
    booked only when the teacher agrees. What cannot be, as on a holiday, is noted with its reason.
    Locks the contracts, then each one's learner and slots.
    """
    zone = zone_of_market(market_id)
    in_force = policies.in_force(market_id=market_id, at=now)
    last = rules.last_week(now, zone, weeks=in_force.number("contract_weeks"))
    with begin() as work:
        live = Contract.objects.filter(market_id=market_id, state__in=operations.LIVE)
        due = live.filter(next_week__lte=last).order_by("id")
        contracts = list(due.select_for_update(skip_locked=True)[:limit])
        calendar = holidays.calendar(market_id=market_id, now=now)
        hours = in_force.number("contract_answer_hours")
        for contract in contracts:
            time = WeeklyTime(contract.weekday, contract.clock)
            at = time.at(contract.next_week, zone)
            lesson = ContractLesson(contract_id=contract.pk, week=contract.next_week, starts_at=at)
            _plan(work, contract, lesson, now, calendar, hours=hours)
            contract.next_week += WEEK
            contract.save(update_fields=["next_week"])
        return len(contracts)


def extend_all(*, now: datetime) -> None:
    """Plan what is due of the contracts of every market."""
    for market_id in Market.objects.values_list("id", flat=True):
        while extend(market_id=market_id, now=now):
            pass


def expire(*, now: datetime, limit: int = 200) -> int:
    """Give back time that a teacher did not agree to in time, at most `limit`; return how many."""
    with begin() as work:
        due = ContractLesson.objects.filter(state=ContractLesson.State.PROPOSED, answer_by__lte=now)
        ids = list(due.order_by("answer_by").values_list("contract_id", flat=True)[:limit])
        contracts = Contract.objects.filter(id__in=ids).order_by("id")
        count = 0
        for contract in contracts.select_for_update(skip_locked=True):
            actor = _timer(contract)
            for lesson in due.filter(contract_id=contract.pk).select_for_update():
                operations.free_time(work, contract, lesson, actor=actor, now=now)
                lesson.state, lesson.answer_by = ContractLesson.State.UNANSWERED, None
                _keep(work, contract, lesson, now)
                count += 1
        return count


def _plan(
    work: Work,
    contract: Contract,
    lesson: ContractLesson,
    now: datetime,
    calendar: Calendar,
    *,
    hours: int,
) -> None:
    refusal = operations.why_not(lesson, now, calendar)
    if lesson.starts_at is not None and refusal is None:
        cells = operations.cells(contract, lesson.starts_at, now)
        refusal = _taken(work, contract, cells, now)
        if refusal is None:
            _keep_time(work, contract, cells, now)
            lesson.state = ContractLesson.State.PROPOSED
            lesson.answer_by = rules.answer_by(lesson.starts_at, hours=hours)
    if refusal is not None:
        operations.to_miss(lesson, refusal)
    _keep(work, contract, lesson, now, is_new=True)


def _taken(
    work: Work, contract: Contract, cells: Sequence[datetime], now: datetime
) -> Refusal | None:
    """Lock the learner and the teacher's time, and return who is not free, if anyone."""
    learner_id, teacher_id = contract.learner_id, contract.teacher_id
    work.ask(people.lock_learners(market_id=contract.market_id, learner_ids=[learner_id]))
    work.ask(people.lock_teachers(market_id=contract.market_id, teacher_ids=[teacher_id]))
    wanted = [(teacher_id, cell) for cell in cells]
    slots: list[LockedSlot]
    [slots] = work.ask(inventory.lock_slots(market_id=contract.market_id, slots=wanted)).fetch()
    for slot in slots:
        if slot.state != "open":
            return SlotAlreadyTaken(teacher_id, slot.starts_at)
        if slot.target_kind is not None or slot.reserved_until is not None:
            return SlotTargeted(teacher_id, slot.starts_at)
    mine = [(learner_id, cell) for cell in cells]
    [busy] = work.ask(busy_cells(contract.market_id, mine)).fetch()
    return LearnerBusy(learner_id, busy[0].starts_at) if busy else None


def _keep_time(work: Work, contract: Contract, cells: Sequence[datetime], now: datetime) -> None:
    """Keep the half-hours for the contract, opening those that are not there (SD-12)."""
    actor, target = _timer(contract), operations.target_of(contract)
    teacher_id = contract.teacher_id
    new = inventory.release(
        work, actor=actor, now=now, teacher_id=teacher_id, starts=cells, target=target
    )
    inventory.keep(
        work,
        market_id=contract.market_id,
        teacher_id=teacher_id,
        starts=sorted(new),
        target=target,
        keep=False,
    )
    offered = [cell for cell in cells if cell not in new]
    inventory.target(
        work,
        actor=actor,
        now=now,
        teacher_id=teacher_id,
        starts=offered,
        target=target,
        reserved_until=None,
    )


def _keep(
    work: Work,
    contract: Contract,
    lesson: ContractLesson,
    now: datetime,
    *,
    is_new: bool = False,
) -> None:
    lesson.save(force_insert=is_new)
    kind = f"contract.lesson_{lesson.state}"
    operations.tell(work, contract, kind, actor=_timer(contract), now=now, lesson=lesson)


def _timer(contract: Contract) -> Actor:
    return Actor(contract.market_id, "job", 0, "supply")
