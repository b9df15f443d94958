"""Contracts of dual learners: proposed by learning partners, answered by teachers."""

from datetime import UTC, date, datetime
from typing import Any, Literal

from django.http import HttpRequest
from ninja import Router, Status

from yueke.api import answers, reading, showing
from yueke.api.asked import DryRun, KeyHeader, request_of
from yueke.api.callers import actor_of
from yueke.api.schemas.contracts import (
    CandidatesOut,
    ContractAnswerIn,
    ContractIn,
    ContractsNowOut,
    ContractsOut,
    PartIn,
)
from yueke.api.window import Cursor, Limit
from yueke.kernel.outcome import Answer
from yueke.people import public_ids
from yueke.people import queries as people
from yueke.supply.contracts import answer, queries
from yueke.supply.contracts.models import Contract
from yueke.supply.contracts.orders import ContractNow, Part, Proposal
from yueke.supply.contracts.propose import propose
from yueke.supply.contracts.refusals import ContractNotFound
from yueke.supply.refusals import WeekInvalid
from yueke.supply.weeks import weekly_time

router = Router(tags=["Contracts"])
NOW = answers.rehearsable(ContractsNowOut)


@router.get("/contracts", response=answers.read(ContractsOut), summary="List contracts")
def list_contracts(
    request: HttpRequest,
    learner: str | None = None,
    teacher: str | None = None,
    state: Literal["proposed", "active", "declined", "ended"] | None = None,
    cursor: Cursor = None,
    limit: Limit = 50,
) -> Any:
    """List contracts within the key's reach, newest first, with their lessons by week."""
    before = reading.cursor(cursor)
    found = queries.list_contracts(
        actor=actor_of(request),
        learner_id=None if learner is None else reading.learner_id(learner),
        teacher_id=None if teacher is None else reading.teacher_id(teacher),
        state=state,
        before_id=None if before is None else before[1],
    )
    rows: list[Contract] = list(found[:limit])
    lessons = queries.lessons_of(contract_ids=[row.pk for row in rows])
    learners = people.names_of_learners(ids={row.learner_id for row in rows})
    teachers = people.names_of_teachers(ids={row.teacher_id for row in rows})
    shown = [showing.contract(row, lessons[row.pk], learners, teachers) for row in rows]
    more = reading.show_cursor(0, rows[-1].pk) if len(rows) == limit else None
    return {"contracts": shown, "next": more}


@router.get(
    "/contracts/{contract}/candidates",
    response=answers.read(CandidatesOut),
    summary="Find who could teach instead",
)
def list_candidates(request: HttpRequest, contract: str, week: str) -> Any:
    """Find teachers of the same kind who are free for the contract's lesson of a week."""
    actor = actor_of(request)
    found = queries.get_contract(actor=actor, contract_id=_contract_id(contract))
    lesson = queries.lesson_of_week(contract=found, week=_week(week))
    rows = (
        queries.candidates(
            actor=actor, now=datetime.now(UTC), contract=found, starts_at=lesson.starts_at
        )
        if lesson.starts_at is not None
        else []
    )
    shown = [
        {
            "teacher": public_ids.show("tch", one.teacher_id),
            "name": one.name,
            "rating": one.rating / 100,
        }
        for one in rows
    ]
    return {"week": week, "candidates": shown}


@router.post("/contracts", response=NOW, summary="Schedule a dual learner")
def propose_contracts(
    request: HttpRequest, body: ContractIn, key: KeyHeader, dry_run: DryRun = None
) -> Any:
    """Propose a contract to both teachers, and book weeks 1 and 2 with both at once."""
    proposal = Proposal(
        reading.learner_id(body.learner),
        body.product,
        body.first_week,
        _part(body.chinese),
        _part(body.foreign),
        body.pay_with,
    )
    asked = request_of(request, key, dry_run=dry_run)
    return _shown(propose(asked, proposal=proposal, reason=body.reason), dry_run)


@router.post("/contract-acceptances", response=NOW, summary="Accept a contract")
def accept(
    request: HttpRequest, body: ContractAnswerIn, key: KeyHeader, dry_run: DryRun = None
) -> Any:
    """Agree to a contract: each of its lessons that waits for the answer is booked."""
    asked = request_of(request, key, dry_run=dry_run)
    number = _contract_id(body.contract)
    return _shown(answer.accept(asked, contract_id=number, reason=body.reason), dry_run)


@router.post("/contract-refusals", response=NOW, summary="Decline a contract")
def decline(
    request: HttpRequest, body: ContractAnswerIn, key: KeyHeader, dry_run: DryRun = None
) -> Any:
    """Say no: what waits is given up, what is booked stays for the learning partner."""
    asked = request_of(request, key, dry_run=dry_run)
    number = _contract_id(body.contract)
    return _shown(answer.decline(asked, contract_id=number, reason=body.reason), dry_run)


@router.post("/contract-ends", response=NOW, summary="End a contract")
def end(
    request: HttpRequest, body: ContractAnswerIn, key: KeyHeader, dry_run: DryRun = None
) -> Any:
    """End a contract: its lessons to come are cancelled, all of them refunded."""
    asked = request_of(request, key, dry_run=dry_run)
    number = _contract_id(body.contract)
    return _shown(answer.end(asked, contract_id=number, reason=body.reason), dry_run)


def _part(body: PartIn) -> Part:
    return Part(reading.teacher_id(body.teacher), weekly_time(body.weekday, body.at))


def _contract_id(text: str) -> int:
    number = public_ids.read("ctr", text)
    if number is None:
        raise ContractNotFound(text[:64])
    return number


def _week(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise WeekInvalid(text[:16]) from None


def _shown(given: Answer[ContractNow], dry_run: str | None) -> Any:
    shown = [showing.contract_now(done) for done in given.all()]
    return Status(200 if dry_run else 201, {"results": shown})
