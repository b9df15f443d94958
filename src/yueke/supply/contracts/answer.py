"""A teacher accepts or declines a contract; a learning partner ends one."""

from collections.abc import Iterable

from yueke.booking.operations.cancel import cancel
from yueke.booking.orders import Cancelled, CancelSeat, Order
from yueke.booking.refusals import LessonAlreadyCancelled
from yueke.kernel.outcome import Answer
from yueke.kernel.refusal import Refusal
from yueke.kernel.transaction import Work
from yueke.notices.once import Request, once
from yueke.supply.contracts import operations
from yueke.supply.contracts.models import Contract, ContractLesson
from yueke.supply.contracts.orders import ContractNow
from yueke.supply.contracts.propose import take, to_book
from yueke.supply.contracts.refusals import NothingToAnswer
from yueke.supply.holidays import queries as holidays
from yueke.supply.placing import place

State = ContractLesson.State


def accept(request: Request, *, contract_id: int, reason: str = "") -> Answer[ContractNow]:
    """Agree to a contract: every lesson that waits for the answer is booked (T-6, SD-12).

    What cannot be booked any more is told with its reason, and its time is given back. Refuses:
    channel_may_not, contract_not_found, contract_over, nothing_to_answer. Locks the contract,
    then learner and slots.
    """
    actor = request.actor

    def act(work: Work) -> list[ContractNow]:
        contract = operations.lock(actor, contract_id, "answer")
        waiting = _waiting(request, contract)
        if not waiting and contract.state == Contract.State.ACTIVE:
            raise NothingToAnswer(contract_id)
        calendar = holidays.calendar(market_id=actor.market_id, now=request.now)
        for lesson in waiting:
            key = f"contract-{contract.pk}-{lesson.week}"
            command = to_book(contract, lesson, force=False)
            booked = operations.why_not(lesson, request.now, calendar) or place(
                work, actor=actor, now=request.now, key=key, command=command
            )
            if isinstance(booked, Refusal):
                operations.free_time(work, contract, lesson, actor=actor, now=request.now)
            take(lesson, booked)
            lesson.answer_by = None
        _answered(work, request, contract, Contract.State.ACTIVE, reason, waiting)
        return [operations.now_of(contract, waiting)]

    return once(request, ContractNow, act)


def decline(request: Request, *, contract_id: int, reason: str = "") -> Answer[ContractNow]:
    """Say no to a contract: what waits is given up, what is booked stays for staff (T-6).

    Refuses: channel_may_not, contract_not_found, contract_over. Locks as `accept`.
    """

    def act(work: Work) -> list[ContractNow]:
        contract = operations.lock(request.actor, contract_id, "answer")
        waiting = _waiting(request, contract)
        _give_up(work, request, contract, waiting, State.DECLINED)
        _answered(work, request, contract, Contract.State.DECLINED, reason, waiting)
        return [operations.now_of(contract, waiting)]

    return once(request, ContractNow, act)


def end(request: Request, *, contract_id: int, reason: str = "") -> Answer[ContractNow]:
    """End a contract: its lessons to come are cancelled and refunded, what waits is given up.

    Refuses: channel_may_not, contract_not_found, contract_over, and what keeps one of its lessons
    from being cancelled. Locks the contract, then learner, slots, lessons (LP-9).
    """
    actor = request.actor

    def act(work: Work) -> list[ContractNow]:
        contract = operations.lock(actor, contract_id, "end")
        waiting = _waiting(request, contract)
        lessons = ContractLesson.objects.select_for_update().filter(contract_id=contract.pk)
        ahead = list(lessons.filter(state=State.BOOKED, starts_at__gt=request.now))
        freed = [CancelSeat(one.seat_id, reason) for one in ahead if one.seat_id is not None]
        order = Order(actor, f"contract-{contract.pk}-end", b"", freed)
        [cancelled] = cancel(work, market_id=actor.market_id, now=request.now, orders=[order])
        _require_freed(cancelled)
        _give_up(work, request, contract, waiting, State.FREED)
        for lesson in ahead:
            lesson.state = State.FREED
        _answered(work, request, contract, Contract.State.ENDED, reason, [*waiting, *ahead])
        return [operations.now_of(contract, [*waiting, *ahead])]

    return once(request, ContractNow, act)


def _require_freed(cancelled: Answer[Cancelled] | Refusal) -> None:
    """Refuse the whole when a lesson lives on; one that was cancelled before is free already."""
    if isinstance(cancelled, Refusal):
        raise cancelled
    for result in cancelled.results:
        if isinstance(result, Refusal) and not isinstance(result, LessonAlreadyCancelled):
            raise result


def _waiting(request: Request, contract: Contract) -> list[ContractLesson]:
    lessons = ContractLesson.objects.select_for_update().filter(contract_id=contract.pk)
    return list(lessons.filter(state=State.PROPOSED, answer_by__gt=request.now).order_by("week"))


def _give_up(
    work: Work,
    request: Request,
    contract: Contract,
    waiting: Iterable[ContractLesson],
    state: str,
) -> None:
    for lesson in waiting:
        operations.free_time(work, contract, lesson, actor=request.actor, now=request.now)
        lesson.state, lesson.answer_by = state, None


def _answered(
    work: Work,
    request: Request,
    contract: Contract,
    state: str,
    reason: str,
    lessons: Iterable[ContractLesson],
) -> None:
    """Write what the contract and its lessons are now, and tell of each."""
    actor, now = request.actor, request.now
    contract.state, contract.answer = state, reason
    contract.answered_at = contract.answered_at or now
    contract.ended_at = None if state == Contract.State.ACTIVE else now
    contract.save(update_fields=["state", "answer", "answered_at", "ended_at"])
    kind = "contract.accepted" if state == Contract.State.ACTIVE else f"contract.{state}"
    operations.tell(work, contract, kind, actor=actor, now=now, reason=reason)
    for lesson in lessons:
        lesson.save(update_fields=["state", "answer_by", "seat_id", "why"])
        kind = f"contract.lesson_{lesson.state}"
        operations.tell(work, contract, kind, actor=actor, now=now, lesson=lesson)
