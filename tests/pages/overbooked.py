"""Trials that may be overbooked from the evening on, one booked, and its teacher held."""

from datetime import datetime

from django.utils import timezone

from tests import asking, workplace
from tests import household as house
from tests.workplace import Workplace
from yueke.booking.orders import Booked
from yueke.curriculum.models import Course, Price, Product
from yueke.people.models import Learner
from yueke.supply.overbooking import commands
from yueke.supply.overbooking import overbook as taking
from yueke.supply.overbooking.commands import Step

EVENING, NIGHT = 36, 44


def sell_trials(*, work: Workplace) -> Product:
    """Sell trials, which cost nothing."""
    product = Product.objects.create(
        market=work.market, code="trial", name_zh="试听", name_en="Trial"
    )
    Course.objects.create(market=work.market, product=product, level=0, name="Trial")
    Price.objects.create(product=product, asset="credit", amount=0)
    return product


def evenings(*, ceiling: int, ratio_percent: int = 100, floor: int = 0) -> list[Step]:
    """Return the steps that let so many be overbooked each evening."""
    return [
        step
        for day in range(7)
        for step in (
            Step(day * 48 + EVENING, ratio_percent, floor, ceiling),
            Step(day * 48 + NIGHT, 0, 0, 0),
        )
    ]


def set_strategy(*, work: Workplace, steps: list[Step], reason: str = "x") -> None:
    """Let supply set the strategy of trials."""
    actor = asking.staff_of(market_id=work.market.pk, channel="supply")
    said = asking.request(actor=actor, now=timezone.now())
    asking.done(commands.set_strategy(said, product="trial", steps=steps, reason=reason))


def overbook(*, work: Workplace, at: datetime, learner: Learner | None = None) -> Booked:
    """Book a trial without a teacher."""
    actor = asking.staff_of(market_id=work.market.pk, channel="cc")
    said = asking.request(actor=actor, now=timezone.now())
    person = learner or workplace.add_learner(workplace=work, name="新")
    [booked] = asking.done(taking.overbook(said, learner_id=person.pk, starts_at=at))
    return booked


def free_teacher(*, work: Workplace, at: datetime, name: str) -> None:
    """Let a teacher of trials have a half-hour open."""
    teacher = house.add_teacher(market=work.market, name=name)
    teacher.skills = [*teacher.skills, "trial:0"]
    teacher.save()
    house.release(teacher=teacher, starts=[at])
