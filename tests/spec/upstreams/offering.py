"""What a test company offers beside its products: trials, all-round advanced, lessons now."""

from collections.abc import Mapping
from datetime import datetime

from tests import asking, world
from tests.served import Desk, done
from yueke.curriculum.models import Course, LearningProgress, Price, Product
from yueke.kernel.grid import HALF_HOUR
from yueke.people import public_ids
from yueke.people.models import Learner, Teacher


def add_product(company: Desk, code: str, prices: Mapping[str, int], **more: int) -> Product:
    """Add a product with a course of the level at which everybody stands."""
    market = company.company.market
    product = Product.objects.create(market=market, code=code, name_zh=code, name_en=code, **more)
    for asset, amount in prices.items():
        Price.objects.create(product=product, asset=asset, amount=amount)
    Course.objects.create(market=market, product=product, level=world.LEVEL, name=code)
    company.company.products[code] = product
    return product


def stand_at(company: Desk, learner: Learner, product: str, level: int) -> None:
    """Have a learner stand at a level of a product, whatever they have done."""
    of = company.company.products[product]
    course, _ = Course.objects.get_or_create(
        market=of.market, product=of, level=level, defaults={"name": str(level)}
    )
    LearningProgress.objects.filter(learner=learner, product=of).update(course=course)


def trial_booked_before(company: Desk, learner: Learner, teacher: Teacher, start: datetime) -> str:
    """Book a trial an hour before it starts, whenever that was; return the seat."""
    earlier = start - 2 * HALF_HOUR
    world.open_slots(company=company.company, teacher=teacher, starts=[start], now=earlier)
    booked = asking.book_one(
        actor=asking.staff_of(market_id=company.company.market_id, channel="tmk"),
        command=asking.to_book(learner=learner, teacher=teacher, starts_at=start, product="trial"),
        now=earlier,
    )
    return public_ids.show("st", booked.seat_id)


def start_now_at_any_minute(company: Desk) -> None:
    """Let the running half-hour be taken for as long as can be, and the next until it begins."""
    supply = company.caller("supply")
    for policy, minutes in (("start_now_into_minutes", "24"), ("start_now_before_minutes", "0")):
        done(supply.post("/policies", {"policy": policy, "value": minutes}))
