"""Take an overbooking, and change the strategy."""

import hashlib
from collections.abc import Sequence
from dataclasses import astuple, dataclass
from datetime import datetime

from yueke.booking.operations.book import book
from yueke.booking.orders import Booked, BookLesson, Order
from yueke.booking.overbooking.models import OverbookChange, OverbookStep
from yueke.booking.overbooking.refusals import StrategyChanged, StrategyInvalid
from yueke.curriculum import queries as curriculum
from yueke.curriculum.models import LearningProgress
from yueke.curriculum.rules import TRIAL
from yueke.kernel.outcome import Answer
from yueke.kernel.refusal import Refusal
from yueke.kernel.transaction import Work, begin, rehearse
from yueke.notices import operations as notices
from yueke.notices.once import Request, once
from yueke.notices.operations import Happened
from yueke.notices.tries import tried
from yueke.people import channels
from yueke.people import operations as people
from yueke.people import queries as people_queries


@dataclass(frozen=True, slots=True)
class Step:
    """What holds from a half-hour of the market's week on, until that of the next step."""

    from_half_hour: int
    ratio_percent: int
    floor: int
    ceiling: int


@dataclass(slots=True)
class StrategyKept:
    """The strategy of a product, as it is from now on."""

    product: str
    steps: list[Step]


def mark_of(steps: Sequence[Step]) -> str:
    """Return what tells one strategy from another."""
    listed = sorted(astuple(step) for step in steps)
    return hashlib.sha256(repr(listed).encode()).hexdigest()[:16]


def step_of(row: OverbookStep) -> Step:
    """Return a step as it is kept."""
    return Step(row.from_half_hour, row.ratio_percent, row.floor, row.ceiling)


def overbook(
    request: Request,
    *,
    learner_id: int,
    starts_at: datetime,
    product: str = TRIAL,
    asset: str = "credit",
    lot_id: int | None = None,
    reason: str = "",
) -> Answer[Booked]:
    """Book a lesson whose teacher is found at entry (H5-12, TM-1, CC-1, SD-6).

    Of a newly registered learner the course of the trial is opened with it. Refuses:
    channel_may_not, learner_not_found, product_unknown, overbook_full, and as the booking.
    Locks the learner, then the half-hour.
    """
    actor = request.actor
    channels.require(actor, "overbook", product)
    people_queries.get_learner(actor=actor, learner_id=learner_id)
    command = BookLesson(
        learner_id, None, starts_at, product, asset, lot_id, reason, permission="overbook"
    )
    order = Order(actor, request.key, request.body_hash, [command])

    def act(work: Work) -> Answer[Booked] | Refusal:
        if product == TRIAL:
            _open_trial(work, request, learner_id)
        [answer] = book(work, market_id=actor.market_id, now=request.now, orders=[order])
        return answer

    answer = tried(act, rehearse if request.dry_run else begin)
    if isinstance(answer, Refusal):
        raise answer
    return answer


def set_strategy(
    request: Request,
    *,
    product: str,
    steps: Sequence[Step],
    seen: str | None = None,
    reason: str = "",
) -> Answer[StrategyKept]:
    """Say how many lessons of a product may be overbooked by half-hour of the week (SD-7).

    The steps take the place of those before; none: nothing may be. What is overbooked stays.
    `seen` is the mark of the steps that the caller knows of. Refuses: channel_may_not,
    product_unknown, strategy_invalid, strategy_changed.
    """
    actor = request.actor

    def act(work: Work) -> list[StrategyKept]:
        channels.require(actor, "change", "strategy")
        found = curriculum.get_product(market_id=actor.market_id, code=product)
        _check(steps)
        if found.cells > 1:
            # A teacher is held for one half-hour.
            raise StrategyInvalid("product")
        old = OverbookStep.objects.filter(market_id=actor.market_id, product_id=found.pk)
        was = [step_of(row) for row in old.order_by("from_half_hour")]
        if seen is not None and seen != mark_of(was):
            raise StrategyChanged(product)
        old.delete()
        OverbookStep.objects.bulk_create(
            OverbookStep(
                market_id=actor.market_id,
                product_id=found.pk,
                from_half_hour=step.from_half_hour,
                ratio_percent=step.ratio_percent,
                floor=step.floor,
                ceiling=step.ceiling,
            )
            for step in steps
        )
        data = {"product": product, "steps": len(steps)}
        event = Happened(0, "strategy.changed", actor, reason, data=data)
        notices.append_one(work, at=request.now, event=event)
        OverbookChange.objects.create(
            id=event.id,
            market_id=actor.market_id,
            product_id=found.pk,
            was=[astuple(step) for step in was],
            steps=sorted(astuple(step) for step in steps),
        )
        return [StrategyKept(product, list(steps))]

    return once(request, StrategyKept, act)


def _check(steps: Sequence[Step]) -> None:
    if len({step.from_half_hour for step in steps}) != len(steps):
        raise StrategyInvalid("from")
    for step in steps:
        if step.from_half_hour not in range(336):
            raise StrategyInvalid("from")
        if step.ratio_percent not in range(201):
            raise StrategyInvalid("ratio_percent")
        if not 0 <= step.floor <= step.ceiling <= 10_000:
            raise StrategyInvalid("ceiling")


def _open_trial(work: Work, request: Request, learner_id: int) -> None:
    """Open the first course of the trial for who has none of it yet."""
    actor = request.actor
    product = curriculum.get_product(market_id=actor.market_id, code=TRIAL)
    course = product.courses.order_by("level").first()
    if course is None:
        return
    work.ask(people.lock_learners(market_id=actor.market_id, learner_ids=[learner_id]))
    _, is_new = LearningProgress.objects.get_or_create(
        learner_id=learner_id, product=product, defaults={"course": course}
    )
    if is_new:
        data = {"product": product.code, "level": course.level}
        event = Happened(0, "course.opened", actor, learner_id=learner_id, data=data)
        notices.append_one(work, at=request.now, event=event)
