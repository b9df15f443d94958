"""What tests of open classes ask for: bodies, and classes that are made and published."""

from datetime import datetime
from typing import Any

from tests import asking, world
from tests.served import Caller, Desk, ahead, done, id_of
from tests.world import Company
from yueke.booking.classes import create, describe, places
from yueke.booking.classes.orders import BookPlace, Texts
from yueke.curriculum.models import Price, Product
from yueke.kernel.grid import HALF_HOUR
from yueke.people import public_ids
from yueke.people.models import Learner, Teacher

START = ahead(hours=72)
OTHERS = ("teachers", "international", "lp", "cc", "tmk", "fireman", "supply", "marketing")


def sell_classes(company: Company) -> None:
    """Put open classes among the products of a market: an hour for a credit or a coupon."""
    if "open" in company.products:
        return
    product = Product.objects.create(
        market=company.market,
        code="open",
        name_zh="公开课",
        name_en="Open class",
        cells=2,
        minutes=55,
        capacity=30,
    )
    for asset in ("credit", "coupon"):
        Price.objects.create(product=product, asset=asset, amount=1)
    company.products["open"] = product


def new_class(teacher: Teacher, **other: Any) -> dict[str, Any]:
    """Return the body that creates a class."""
    return {
        "teacher": id_of(teacher),
        "starts_at": START.isoformat(),
        "capacity": 3,
        "title_zh": "自然拼读",
        "title_en": "Phonics",
        **other,
    }


def created(caller: Caller, teacher: Teacher, **other: Any) -> str:
    """Create a class and return its id."""
    return str(done(caller.post("/classes", new_class(teacher, **other)))["lesson"])


def published(desk: Desk, **other: Any) -> str:
    """Create a class of a new teacher, publish it, and return its id."""
    curriculum = desk.caller("curriculum")
    lesson = created(curriculum, world.add_teacher(company=desk.company), **other)
    done(curriculum.post("/class-publications", {"lesson": lesson}))
    return lesson


def place(learner: Learner, lesson: str, **other: Any) -> dict[str, Any]:
    """Return the body that asks for a seat in a class."""
    return {"learner": id_of(learner), "lesson": lesson, **other}


def seats_left(caller: Caller, lesson: str) -> int:
    """Return how many seats a class has left."""
    return int(done(caller.get(f"/classes/{lesson}"))["seats_left"])


def class_before(desk: Desk, learner: Learner, start: datetime) -> tuple[str, str]:
    """Book a seat in a class an hour before it starts, whenever that was; return both."""
    class_id, seat_id = seat_in_class(desk.company, learner, start)
    return public_ids.show("lsn", class_id), public_ids.show("st", seat_id)


def seat_in_class(company: Company, learner: Learner, start: datetime) -> tuple[int, int]:
    """Book a seat in a class an hour before it starts; return the numbers of both."""
    earlier, market_id = start - 2 * HALF_HOUR, company.market_id
    actor = asking.staff_of(market_id=market_id, channel="curriculum")
    teacher = world.add_teacher(company=company)
    [made] = asking.done(
        create.create(
            asking.request(actor=actor, now=earlier),
            teacher_id=teacher.id,
            starts_at=start,
            capacity=3,
            texts=Texts("拼读", "Phonics"),
        )
    )
    describe.publish(asking.request(actor=actor, now=earlier), class_id=made.class_id)
    order = asking.order_of(actor=actor, commands=[BookPlace(learner.id, made.class_id)])
    [answer] = places.book_places(market_id=market_id, now=earlier, orders=[order])
    [seat] = asking.done(answer)
    return made.class_id, seat.seat_id
