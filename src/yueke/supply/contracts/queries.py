"""Read contracts within a caller's reach, and who could teach instead."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import QuerySet

from yueke.booking.queries.search import find_teachers_at
from yueke.kernel.actor import Actor
from yueke.people import channels
from yueke.people.models import Teacher
from yueke.people.queries import CHINESE
from yueke.supply.contracts.models import Contract, ContractLesson
from yueke.supply.contracts.refusals import ContractNotFound
from yueke.supply.listing import narrowed
from yueke.supply.refusals import WeekInvalid

# What came back to the learning partner.
CAME_BACK = (
    ContractLesson.State.MISSED,
    ContractLesson.State.DECLINED,
    ContractLesson.State.UNANSWERED,
)
_LOOKED_AT = 40


@dataclass(frozen=True, slots=True)
class Candidate:
    """A teacher of the same kind who is free for a contract's lesson of a week."""

    teacher_id: int
    name: str
    rating: int


def list_contracts(
    *,
    actor: Actor,
    learner_id: int | None = None,
    teacher_id: int | None = None,
    state: str | None = None,
    before_id: int | None = None,
) -> QuerySet[Contract]:
    """Return contracts, newest first; a teacher's key or login sees their own.

    `before_id` is the number that ended the page before. Refuses: channel_may_not.
    """
    channels.require(actor, "see", "contracts")
    return narrowed(
        Contract.objects.all(),
        actor=actor,
        learner_id=learner_id,
        teacher_id=teacher_id,
        state=state,
        before_id=before_id,
    )


def get_contract(*, actor: Actor, contract_id: int) -> Contract:
    """Return one contract, or refuse (channel_may_not, contract_not_found)."""
    found = list_contracts(actor=actor).filter(id=contract_id).first()
    if found is None:
        raise ContractNotFound(contract_id)
    return found


def lesson_of_week(*, contract: Contract, week: date) -> ContractLesson:
    """Return a contract's lesson of a week, or refuse (week_invalid)."""
    found = ContractLesson.objects.filter(contract_id=contract.pk, week=week).first()
    if found is None:
        raise WeekInvalid(week.isoformat())
    return found


def waiting_lessons(*, actor: Actor, now: datetime) -> list[tuple[Contract, list[ContractLesson]]]:
    """Return live contracts that wait for their teacher's answer, each with what waits of it.

    A contract that is only proposed waits with no lesson, too. Refuses: channel_may_not.
    """
    live = list(list_contracts(actor=actor).filter(state__in=("proposed", "active")))
    lessons = lessons_of(contract_ids=[one.pk for one in live])
    found = []
    for contract in live:
        waiting = [
            one
            for one in lessons[contract.pk]
            if one.state == ContractLesson.State.PROPOSED
            and one.answer_by is not None
            and one.answer_by > now
        ]
        if waiting or contract.state == Contract.State.PROPOSED:
            found.append((contract, waiting))
    return found


def lessons_of(*, contract_ids: list[int]) -> dict[int, list[ContractLesson]]:
    """Return the lessons of contracts by week, by contract."""
    found: dict[int, list[ContractLesson]] = {number: [] for number in contract_ids}
    lessons = ContractLesson.objects.filter(contract_id__in=contract_ids)
    for lesson in lessons.order_by("contract_id", "week"):
        found[lesson.contract_id].append(lesson)
    return found


def candidates(
    *, actor: Actor, now: datetime, contract: Contract, starts_at: datetime, size: int = 3
) -> list[Candidate]:
    """Return teachers of the same kind, Chinese or foreign, who are free then, best first."""
    ids = find_teachers_at(
        actor=actor,
        now=now,
        learner_id=contract.learner_id,
        product=contract.product,
        start=starts_at,
        size=_LOOKED_AT,
    )
    teachers = Teacher.objects.in_bulk([*ids, contract.teacher_id])
    is_chinese = CHINESE in teachers[contract.teacher_id].tags
    alike = [teachers[one] for one in ids if (CHINESE in teachers[one].tags) is is_chinese]
    return [Candidate(one.pk, one.name, one.rating) for one in alike[:size]]
