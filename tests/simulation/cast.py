"""The people of the simulation, and what they have at its beginning."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from tests import asking, world
from tests.world import NOW, Company
from yueke.curriculum.models import Course, Price, Product
from yueke.kernel.actor import Actor
from yueke.kernel.grid import HALF_HOUR
from yueke.people.models import Learner, Teacher
from yueke.people.queries import CHINESE
from yueke.supply.overbooking import commands as overbooking
from yueke.supply.overbooking.commands import Step

DAYS = 14
ZONE = ZoneInfo("Asia/Shanghai")
# Evenings of Shanghai, in UTC.
FIRST_CELL, CELLS = timedelta(hours=10), 6
CREDITS = 40
NEWCOMERS, LEARNERS, DUALS = 90, 16, 4


@dataclass
class Cast:
    """A company with its people."""

    company: Company
    learners: list[Learner]
    duals: list[Learner]
    newcomers: list[Learner]
    majors: list[Teacher]
    chinese: list[Teacher]
    trials: list[Teacher]

    def staff(self, channel: str) -> Actor:
        """Return staff behind a channel."""
        return asking.staff_of(market_id=self.company.market_id, channel=channel)

    @property
    def teachers(self) -> list[Teacher]:
        """All who teach."""
        return [*self.majors, *self.chinese, *self.trials]


def midnight(day: int) -> datetime:
    """Return the beginning of a day of the simulation, in UTC."""
    return NOW.replace(hour=0) + timedelta(days=day)


def evening(day: int) -> list[datetime]:
    """Return the half-hours in which lessons are given on a day."""
    return [midnight(day) + FIRST_CELL + HALF_HOUR * cell for cell in range(CELLS)]


def assemble() -> Cast:
    """Found the company: teachers have opened most evenings, learners own credits."""
    company = world.open_company()
    _offer(company, "trial", {"credit": 1, "coupon": 1})
    _offer(company, "allround", {"credit": 2})
    studies = ["major", "special", "allround"]
    cast = Cast(
        company,
        [_learner(company, f"L{n}", studies, CREDITS) for n in range(LEARNERS)],
        [_learner(company, f"D{n}", studies, CREDITS) for n in range(DUALS)],
        [_learner(company, f"N{n}", ["trial"][: n % 2], 1) for n in range(NEWCOMERS)],
        list(_teachers(company, "E", 6, ["major:3", "special:3", "allround:3"], [])),
        list(_teachers(company, "C", 3, ["allround:3"], [CHINESE])),
        list(_teachers(company, "T", 3, ["trial:3"], [])),
    )
    steps = [
        step
        for day in range(7)
        for step in (Step(48 * day, 80, 0, 2), Step(48 * day + 36, 90, 1, 5))
    ]
    steps += [Step(48 * day + 42, 80, 0, 2) for day in range(7)]
    request = asking.request(actor=cast.staff("supply"), now=NOW)
    asking.done(overbooking.set_strategy(request, product="trial", steps=steps))
    return cast


def _offer(company: Company, code: str, prices: dict[str, int]) -> None:
    product = Product.objects.create(
        market=company.market, code=code, name_zh=code, name_en=code, cells=1, minutes=25
    )
    for asset, amount in prices.items():
        Price.objects.create(product=product, asset=asset, amount=amount)
    Course.objects.create(market=company.market, product=product, level=world.LEVEL, name=code)
    company.products[code] = product


def _learner(company: Company, name: str, studies: list[str], credit: int) -> Learner:
    return world.add_learner(company=company, name=name, studies=studies, credit=credit)


def _teachers(
    company: Company, name: str, count: int, skills: list[str], tags: list[str]
) -> Iterator[Teacher]:
    for number in range(count):
        # Each has one evening in five off; it can be asked for.
        opens = [
            cell
            for day in range(DAYS)
            for cell in evening(day)
            if (day + number) % 5 and cell > NOW
        ]
        yield world.add_teacher(
            company=company,
            name=f"{name}{number}",
            rating=400 + 10 * number,
            skills=skills,
            tags=tags,
            opens=opens,
        )
