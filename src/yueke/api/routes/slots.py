"""Teachers' slots: release, withdraw, target, read (T-1, T-2, IN-1)."""

from datetime import date, datetime, time
from typing import Annotated, Any

from django.http import HttpRequest
from ninja import Query, Router, Status

from yueke.api import answers, reading, showing
from yueke.api.asked import DryRun, KeyHeader, request_of
from yueke.api.callers import actor_of
from yueke.api.refusals import TimeUnreadable
from yueke.api.schemas.slots import (
    PatternIn,
    ReleaseIn,
    SlotResultsOut,
    SlotsOut,
    StretchIn,
    TargetIn,
    TargetingIn,
    WithdrawIn,
)
from yueke.curriculum import queries as curriculum
from yueke.inventory import commands as inventory
from yueke.inventory import queries as slots
from yueke.inventory.orders import Target
from yueke.inventory.rules.pattern import Stretch
from yueke.kernel.actor import Actor
from yueke.people import channels
from yueke.people import queries as people

router = Router(tags=["Slots"])


@router.get("/slots", response=answers.read(SlotsOut), summary="Read a teacher's slots")
def list_slots(
    request: HttpRequest, teacher: str, begin: Annotated[str, Query(alias="from")], to: str
) -> Any:
    """Read a teacher's slots in a window of at most 14 days."""
    actor = actor_of(request)
    channels.require(actor, "see", "teachers")
    found = people.get_teacher(actor=actor, teacher_id=reading.teacher_id(teacher))
    first, last = reading.window(begin, to)
    rows = slots.slots_of_teacher(
        market_id=actor.market_id, teacher_id=found.id, begin=first, end=last
    )
    return {"slots": [showing.slot(row) for row in rows]}


@router.post("/slots", response=answers.rehearsable(SlotResultsOut), summary="Release slots")
def release(request: HttpRequest, body: ReleaseIn, key: KeyHeader, dry_run: DryRun = None) -> Any:
    """Release half-hours of one teacher, at most 2,000 at once."""
    asked = request_of(request, key, dry_run=dry_run)
    starts = _starts(body.starts)
    answer = inventory.release_slots(
        asked,
        teacher_id=reading.teacher_id(body.teacher),
        starts=starts,
        target=_target(asked.actor, "release", body.target),
        reason=body.reason,
    )
    return Status(200 if dry_run else 201, showing.slot_results(answer, starts=starts))


@router.post(
    "/weekly-patterns", response=answers.rehearsable(SlotResultsOut), summary="Release by pattern"
)
def release_pattern(
    request: HttpRequest, body: PatternIn, key: KeyHeader, dry_run: DryRun = None
) -> Any:
    """Release a weekly pattern on the teacher's own clock, right across DST."""
    answer = inventory.release_pattern(
        request_of(request, key, dry_run=dry_run),
        teacher_id=reading.teacher_id(body.teacher),
        stretches=[_stretch(one) for one in body.stretches],
        first=_day(body.first),
        last=_day(body.last),
        reason=body.reason,
    )
    return Status(200 if dry_run else 201, showing.slot_results(answer))


@router.post("/withdrawals", response=answers.rehearsable(SlotResultsOut), summary="Withdraw slots")
def withdraw(request: HttpRequest, body: WithdrawIn, key: KeyHeader, dry_run: DryRun = None) -> Any:
    """Take back half-hours that nobody has booked."""
    starts = _starts(body.starts)
    answer = inventory.withdraw_slots(
        request_of(request, key, dry_run=dry_run),
        teacher_id=reading.teacher_id(body.teacher),
        starts=starts,
        reason=body.reason,
    )
    return Status(200 if dry_run else 201, showing.slot_results(answer, starts=starts))


@router.post("/targetings", response=answers.rehearsable(SlotResultsOut), summary="Target slots")
def target(request: HttpRequest, body: TargetingIn, key: KeyHeader, dry_run: DryRun = None) -> Any:
    """Keep open slots for one learner or one product, or for anyone again."""
    asked = request_of(request, key, dry_run=dry_run)
    starts = _starts(body.starts)
    until = body.reserved_until
    answer = inventory.target_slots(
        asked,
        teacher_id=reading.teacher_id(body.teacher),
        starts=starts,
        target=_target(asked.actor, "target", body.target),
        reserved_until=None if until is None else reading.instant(until),
        reason=body.reason,
    )
    return Status(200 if dry_run else 201, showing.slot_results(answer, starts=starts))


def _starts(texts: list[str]) -> list[datetime]:
    return [reading.instant(text) for text in texts]


def _target(actor: Actor, command: str, asked: TargetIn | None) -> Target | None:
    if asked is None:
        return None
    # First of all, or the refusal would tell whether there is such a learner.
    channels.require(actor, command, asked.kind)
    if asked.kind == "product":
        product = curriculum.get_product(market_id=actor.market_id, code=asked.id)
        return Target("product", product.id)
    learner = people.get_learner_of_market(
        market_id=actor.market_id, learner_id=reading.learner_id(asked.id)
    )
    return Target("student", learner.id)


def _stretch(asked: StretchIn) -> Stretch:
    return Stretch(asked.weekday, _clock(asked.begins), _clock(asked.ends))


def _clock(text: str) -> time:
    try:
        found = time.fromisoformat("00:00" if text == "24:00" else text)
    except ValueError:
        raise TimeUnreadable(text[:64]) from None
    if found.tzinfo is not None:
        raise TimeUnreadable(text[:64])
    return found


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise TimeUnreadable(text[:64]) from None
