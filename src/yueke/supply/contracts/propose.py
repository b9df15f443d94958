"""Schedule a dual learner: propose both contracts, and book their first two weeks."""

from collections.abc import Sequence
from zoneinfo import ZoneInfo

from django.db.models import Q

from yueke.booking.orders import Booked, BookLesson
from yueke.booking.refusals import DualPairInvalid
from yueke.curriculum.refusals import CourseNotOpen
from yueke.inventory.refusals import TeacherDoesNotTeach
from yueke.kernel.outcome import Answer
from yueke.kernel.refusal import Refusal
from yueke.kernel.transaction import Work
from yueke.notices import operations as notices
from yueke.notices.once import Request, once
from yueke.people import channels
from yueke.people import queries as people
from yueke.people.queries import CHINESE
from yueke.supply.contracts import operations, rules
from yueke.supply.contracts.models import Contract, ContractLesson
from yueke.supply.contracts.orders import ContractNow, Part, Proposal
from yueke.supply.contracts.refusals import ContractTimeTaken
from yueke.supply.holidays import queries as holidays
from yueke.supply.placing import place_all
from yueke.supply.weeks import WEEK, WeeklyTime
from yueke.supply.zones import zone_of_market

# What is wrong with the proposal itself, not with one of its weeks.
_WRONG = (CourseNotOpen, TeacherDoesNotTeach)


def propose(request: Request, *, proposal: Proposal, reason: str = "") -> Answer[ContractNow]:
    """Propose the contracts of a dual pair, and book weeks 1 and 2 at once (LP-9, SD-11).

    Both teachers are asked; the first weeks do not wait for them. What of those cannot be is told
    with its reason. Refuses: channel_may_not, learner_not_found, teacher_not_found,
    dual_pair_invalid, week_invalid, contract_time_taken, course_not_open,
    teacher_does_not_teach. Locks the learner, then the slots.
    """
    actor = request.actor

    def act(work: Work) -> list[ContractNow]:
        channels.require(actor, "propose", "contract")
        channels.require(actor, "contract", proposal.product)
        people.get_learner(actor=actor, learner_id=proposal.learner_id)
        _check_pair(request, proposal)
        zone = zone_of_market(actor.market_id)
        rules.check_first_week(proposal.first_week, request.now, zone)
        [number] = work.ask(notices.next_ids(count=1)).fetch()[0]
        parts = (proposal.chinese, proposal.foreign)
        contracts = [_make(request, proposal, part, number.id, reason) for part in parts]
        for contract in contracts:
            operations.tell(
                work,
                contract,
                "contract.proposed",
                actor=actor,
                now=request.now,
                reason=reason,
            )
        return _book(work, request, contracts, zone)

    return once(request, ContractNow, act)


def _check_pair(request: Request, proposal: Proposal) -> None:
    for part, wants_chinese in ((proposal.chinese, True), (proposal.foreign, False)):
        teacher = people.get_teacher(actor=request.actor, teacher_id=part.teacher_id)
        if (CHINESE in teacher.tags) is not wants_chinese:
            raise DualPairInvalid(teacher.pk)


def _make(request: Request, proposal: Proposal, part: Part, pair_id: int, reason: str) -> Contract:
    actor, time = request.actor, part.time
    at_time = Contract.objects.filter(
        market_id=actor.market_id, weekday=time.weekday, clock=time.clock
    )
    taken = Q(teacher_id=part.teacher_id) | Q(learner_id=proposal.learner_id)
    if at_time.filter(taken, state__in=operations.LIVE).exists():
        raise ContractTimeTaken(time.weekday, f"{time.clock:%H:%M}")
    return Contract.objects.create(
        market_id=actor.market_id,
        pair_id=pair_id,
        learner_id=proposal.learner_id,
        teacher_id=part.teacher_id,
        product=proposal.product,
        asset=proposal.asset,
        weekday=time.weekday,
        clock=time.clock,
        first_week=proposal.first_week,
        next_week=proposal.first_week + WEEK * rules.WEEKS_AT_ONCE,
        reason=reason,
        channel=actor.channel,
        actor_kind=actor.kind,
        actor_id=actor.id,
        proposed_at=request.now,
    )


def _book(
    work: Work, request: Request, contracts: Sequence[Contract], zone: ZoneInfo
) -> list[ContractNow]:
    """Book what can be of the first weeks, in the order of time."""
    wanted = [
        (contract, ContractLesson(contract_id=contract.pk, week=week, starts_at=at))
        for contract in contracts
        for week in rules.first_weeks(contract.first_week)
        for at in [WeeklyTime(contract.weekday, contract.clock).at(week, zone)]
    ]
    possible = []
    calendar = holidays.calendar(market_id=request.actor.market_id, now=request.now)
    for contract, lesson in wanted:
        refusal = operations.why_not(lesson, request.now, calendar)
        if refusal:
            operations.to_miss(lesson, refusal)
        else:
            possible.append((contract, lesson))
    key = f"contract-{contracts[0].pk}"
    results = place_all(
        work,
        actor=request.actor,
        now=request.now,
        key=key,
        commands=[to_book(contract, lesson, force=True) for contract, lesson in possible],
    )
    for (_, lesson), result in zip(possible, results, strict=True):
        take(lesson, result)
    lessons = [lesson for _, lesson in wanted]
    ContractLesson.objects.bulk_create(lessons)
    for contract, lesson in wanted:
        kind = f"contract.lesson_{lesson.state}"
        operations.tell(work, contract, kind, actor=request.actor, now=request.now, lesson=lesson)
    return [
        operations.now_of(contract, [one for one in lessons if one.contract_id == contract.pk])
        for contract in contracts
    ]


def to_book(contract: Contract, lesson: ContractLesson, *, force: bool) -> BookLesson:
    """Return what books a week's lesson; with `force` also where the time is not open."""
    assert lesson.starts_at is not None
    return BookLesson(
        contract.learner_id,
        contract.teacher_id,
        lesson.starts_at,
        contract.product,
        contract.asset,
        reason=contract.reason,
        force=force,
        permission="contract",
        target=operations.target_of(contract),
        keep=False,
    )


def take(lesson: ContractLesson, result: Booked | Refusal) -> None:
    """Write into a lesson, not yet saved, what became of its booking."""
    if isinstance(result, _WRONG):
        raise result
    if isinstance(result, Refusal):
        operations.to_miss(lesson, result)
    else:
        lesson.state, lesson.seat_id = ContractLesson.State.BOOKED, result.seat_id
