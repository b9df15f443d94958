"""Change the strategy of overbooking."""

import hashlib
from collections.abc import Sequence
from dataclasses import astuple, dataclass

from yueke.booking.overbooking.models import OverbookChange, OverbookStep
from yueke.booking.overbooking.refusals import StrategyChanged, StrategyInvalid
from yueke.curriculum import queries as curriculum
from yueke.curriculum.models import Product
from yueke.kernel.outcome import Answer
from yueke.kernel.transaction import Work
from yueke.notices import operations as notices
from yueke.notices.once import Request, once
from yueke.notices.operations import Happened
from yueke.people import channels


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
        # One after another: what one has seen is what it changes.
        Product.objects.select_for_update(no_key=True).get(pk=found.pk)
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
