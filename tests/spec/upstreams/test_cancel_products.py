"""Families cancel every product, each by its own policy."""

import pytest

from tests.served import Caller, Desk, ahead, balances, booking, done, id_of, slots_of
from tests.spec.upstreams.offering import add_product
from yueke.curriculum.models import Product
from yueke.kernel.grid import HALF_HOUR
from yueke.people.models import Learner, Teacher

START = ahead(hours=30)
# What each costs, who books it, and until how long before a family cancels it free.
PRODUCTS = {
    "special": (2, "lp", 48),
    "level7": (3, "lp", 12),
    "allround": (2, "cc", 48),
    "trial": (0, "cc", 12),
}
SKILLS = [f"{code}:3" for code in PRODUCTS]
EVERY = pytest.mark.parametrize("product", PRODUCTS)
FAMILIES = pytest.mark.parametrize("channel", ["parents-pc", "parents-h5"])


@pytest.fixture
def school(company: Desk) -> Desk:
    """Return a company that sells every product, each with its own free cancellation."""
    add_product(company, "allround", {"credit": 2})
    add_product(company, "trial", {"credit": 0})
    for code, (_, _, hours) in PRODUCTS.items():
        product = company.company.products[code]
        Product.objects.filter(id=product.id).update(free_cancel_hours=hours)
    return company


def booked(school: Desk, product: str) -> tuple[Teacher, Learner, str]:
    """Have staff book a lesson of a product; return its teacher, its learner and the seat."""
    price, channel, _ = PRODUCTS[product]
    emma = school.teacher(START, START + HALF_HOUR, skills=SKILLS)
    learner = school.learner(credit=price, studies=["major", product])
    asked = booking(learner, emma, START, product=product)
    return emma, learner, str(done(school.caller(channel).post("/bookings", asked))["seat"])


@EVERY
@FAMILIES
def test_PC_4_H5_7_cancels_every_product_each_by_its_policy(
    school: Desk, product: str, channel: str
) -> None:
    price, _, hours = PRODUCTS[product]
    emma, learner, seat = booked(school, product)
    parents = school.parents(learner, channel=channel)
    told = done(parents.post("/cancellations", {"seat": seat}))
    back = price if hours < 30 else 0
    assert (told["paid"]["amount"], told["refunded"]["amount"]) == (price, back)
    assert balances(school.caller("lp"), learner) == ({"credit": back} if back else {})
    assert _free_again(school.caller("lp"), emma) == ["open"] * 2
    [event] = [
        one
        for one in done(school.caller("lp").get("/events", learner=id_of(learner)))["events"]
        if one["kind"] == "lesson.cancelled"
    ]
    assert event["channel"] == channel


def _free_again(caller: Caller, teacher: Teacher) -> list[str]:
    return [slot["state"] for slot in slots_of(caller, teacher, START)]
