"""Open classes as pages meet them: they come about through the room's own commands."""

from datetime import datetime

from django.utils import timezone

from tests import asking
from tests import household as house
from tests.workplace import Workplace
from yueke.booking.classes import create, describe, places
from yueke.booking.classes.orders import BookPlace, Texts
from yueke.curriculum.models import Price, Product
from yueke.kernel.actor import Actor
from yueke.people.models import Learner
from yueke.portals import ids

TEXTS = Texts(
    "自然拼读", "Phonics for all", "<p>跟着<b>节奏</b>读</p>", "<p>Read to a <b>beat</b></p>"
)


def curriculum(*, workplace: Workplace) -> Actor:
    """Return somebody of curriculum."""
    return asking.staff_of(market_id=workplace.market.pk, channel="curriculum")


def drafted(*, workplace: Workplace, at: datetime, capacity: int = 2) -> str:
    """Create a class that is not published yet, of a new teacher; return its id."""
    market = workplace.market
    product, is_new = Product.objects.get_or_create(
        market=market, code="open", defaults={"name_zh": "公开课", "name_en": "Open class"}
    )
    if is_new:
        Price.objects.create(product=product, asset="credit", amount=1)
    teacher = house.add_teacher(market=market, name="Ms Open")
    [made] = asking.done(
        create.create(
            asking.request(actor=curriculum(workplace=workplace), now=timezone.now()),
            teacher_id=teacher.pk,
            starts_at=at,
            capacity=capacity,
            texts=TEXTS,
        )
    )
    return ids.LESSON.show(made.class_id)


def published(*, workplace: Workplace, at: datetime, capacity: int = 2) -> str:
    """Create a class that families see; return its id."""
    lesson = drafted(workplace=workplace, at=at, capacity=capacity)
    request = asking.request(actor=curriculum(workplace=workplace), now=timezone.now())
    asking.done(describe.publish(request, class_id=ids.read_class(lesson)))
    return lesson


def seated(*, workplace: Workplace, lesson: str, learner: Learner) -> str:
    """Book a seat for a learner; return its id."""
    actor = curriculum(workplace=workplace)
    order = asking.order_of(actor=actor, commands=[BookPlace(learner.pk, ids.read_class(lesson))])
    [answer] = places.book_places(market_id=actor.market_id, now=timezone.now(), orders=[order])
    [seat] = asking.done(answer)
    return ids.SEAT.show(seat.seat_id)
