"""Choose and leave a dedicated teacher."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from yueke.booking.rules.slot import check_skill
from yueke.curriculum import operations as curriculum
from yueke.curriculum import queries as curriculum_queries
from yueke.curriculum.refusals import CourseNotOpen
from yueke.kernel.outcome import Answer
from yueke.kernel.transaction import Work
from yueke.notices import operations as notices
from yueke.notices.once import Request, once
from yueke.notices.operations import Happened
from yueke.people import channels
from yueke.people import operations as people
from yueke.people import queries as people_queries
from yueke.supply.dedicated import queries
from yueke.supply.dedicated.models import Dedicated
from yueke.supply.dedicated.refusals import NoDedicatedTeacher, TooManyTimes
from yueke.supply.weeks import WeeklyTime

TIMES_MAX = 14


@dataclass(frozen=True, slots=True)
class Choice:
    """Whom a learner would like as their own teacher of a product, at which weekly times."""

    learner_id: int
    product: str
    teacher_id: int
    times: Sequence[WeeklyTime] = ()
    asset: str = "credit"


@dataclass(slots=True)
class DedicatedNow:
    """A learner's dedicated teacher of a product; `ended_at` once it is over."""

    learner_id: int
    product: str
    teacher_id: int
    times: list[int]
    chosen_at: datetime
    ended_at: datetime | None


def choose(request: Request, *, choice: Choice, reason: str = "") -> Answer[DedicatedNow]:
    """Choose a learner's dedicated teacher of a product, in the place of another (H5-9).

    The weekly times are those that Monday's run books (SD-1, SD-2). Refuses: channel_may_not,
    learner_not_found, teacher_not_found, product_unknown, course_not_open,
    teacher_does_not_teach, too_many_times. Locks the learner.
    """
    actor, market_id = request.actor, request.actor.market_id

    def act(work: Work) -> list[DedicatedNow]:
        channels.require(actor, "choose", "dedicated")
        channels.require(actor, "pay", choice.asset)
        people_queries.get_learner(actor=actor, learner_id=choice.learner_id)
        teacher = people_queries.get_teacher_of_market(
            market_id=market_id, teacher_id=choice.teacher_id
        )
        times = sorted({time.half_hour for time in choice.times})
        if len(times) > TIMES_MAX:
            raise TooManyTimes(TIMES_MAX)
        level = _level(work, market_id, choice)
        check_skill(frozenset(teacher.skills), teacher.pk, choice.product, level)
        work.ask(people.lock_learners(market_id=market_id, learner_ids=[choice.learner_id]))
        key = {"market_id": market_id, "learner_id": choice.learner_id, "product": choice.product}
        Dedicated.objects.filter(**key, ended_at=None).update(ended_at=request.now)
        told = _tell(work, request, "dedicated.chosen", choice, reason, times)
        chosen = Dedicated.objects.create(
            **key,
            id=told,
            teacher_id=choice.teacher_id,
            asset=choice.asset,
            times=times,
            chosen_at=request.now,
        )
        return [now_of(chosen)]

    return once(request, DedicatedNow, act)


def leave(
    request: Request, *, learner_id: int, product: str, reason: str = ""
) -> Answer[DedicatedNow]:
    """Have no dedicated teacher of a product any more (H5-9).

    Refuses: channel_may_not, learner_not_found, no_dedicated_teacher. Locks the learner.
    """
    actor, market_id = request.actor, request.actor.market_id

    def act(work: Work) -> list[DedicatedNow]:
        channels.require(actor, "choose", "dedicated")
        people_queries.get_learner(actor=actor, learner_id=learner_id)
        work.ask(people.lock_learners(market_id=market_id, learner_ids=[learner_id]))
        found = queries.dedicated_of(
            market_id=market_id, learner_ids=[learner_id], product=product
        ).get(learner_id)
        if found is None:
            raise NoDedicatedTeacher(learner_id, product)
        found.ended_at = request.now
        found.save(update_fields=["ended_at"])
        choice = Choice(learner_id, product, found.teacher_id)
        _tell(work, request, "dedicated.left", choice, reason, found.times)
        return [now_of(found)]

    return once(request, DedicatedNow, act)


def now_of(row: Dedicated) -> DedicatedNow:
    """Return a dedicated teacher as callers see it."""
    return DedicatedNow(
        row.learner_id, row.product, row.teacher_id, row.times, row.chosen_at, row.ended_at
    )


def _level(work: Work, market_id: int, choice: Choice) -> int:
    product = curriculum_queries.get_product(market_id=market_id, code=choice.product)
    wanted = [(choice.learner_id, product.pk)]
    [progress] = work.ask(curriculum.progress(wanted=wanted)).fetch()
    if not progress:
        raise CourseNotOpen(choice.product)
    level: int = progress[0].level
    return level


def _tell(
    work: Work,
    request: Request,
    kind: str,
    choice: Choice,
    reason: str,
    times: Sequence[int],
) -> int:
    data: dict[str, Any] = {"product": choice.product, "times": list(times)}
    event = Happened(
        0,
        kind,
        request.actor,
        reason,
        learner_id=choice.learner_id,
        teacher_id=choice.teacher_id,
        data=data,
    )
    notices.append_one(work, at=request.now, event=event)
    return event.id
