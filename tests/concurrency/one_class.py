"""An open class that commands meet on, and who is around it."""

from dataclasses import dataclass
from datetime import timedelta

from tests import asking
from tests.concurrency.aftermath import Facts, aftermath
from tests.concurrency.people_around import People, meet
from tests.world import NOW, Company, half_hours_ahead
from yueke.booking.classes import create, describe, places
from yueke.booking.classes.models import Attendance, ClassWait, OpenClass
from yueke.booking.classes.orders import BookPlace, Texts
from yueke.booking.models import Seat
from yueke.curriculum.models import Price, Product

START = half_hours_ahead(count=100)
LATER = START + timedelta(minutes=1)
TEXTS = Texts("拼读", "Phonics")


@dataclass
class Scene(People):
    """A class of two seats with Emma, of which Eva has one; Tom has its time open.

    Fay may have the other, and Zoe wait for one.
    """

    class_id: int

    def seat_of(self, name: str) -> int:
        """Return the seat of a learner, 0 if they have none."""
        seats = Seat.objects.filter(lesson_id=self.class_id, learner_id=self.learners[name].pk)
        return seats.values_list("pk", flat=True).first() or 0

    def join(self, name: str) -> list[str]:
        """Book a seat, as a family does."""
        command = BookPlace(self.learners[name].pk, self.class_id)
        order = asking.order_of(actor=self.family(name), commands=[command])
        market_id = self.company.market_id
        [answer] = places.book_places(market_id=market_id, now=NOW, orders=[order])
        return asking.codes_of(answer)

    def outcome(self) -> Facts:
        """Return everything the commands could have changed."""
        who = {one.pk: name for name, one in self.learners.items()}
        facts = aftermath(self, lessons={self.class_id: "class"})
        waits = ClassWait.objects.filter(lesson_id=self.class_id)
        facts["waits"] = sorted((who[one.learner_id], one.state) for one in waits)
        came = Attendance.objects.filter(lesson_id=self.class_id)
        seats = Seat.objects.in_bulk([one.seat_id for one in came])
        facts["came"] = sorted((who[seats[one.seat_id].learner_id], one.came) for one in came)
        shown = OpenClass.objects.get(lesson_id=self.class_id).published_at
        facts["published"] = [(shown is not None,)]
        return facts


def lay_out(company: Company) -> Scene:
    """Lay out a published class with people of its own."""
    _sell_classes(company)
    people = meet(
        company,
        learners=("Eva", "Fay", "Zoe", "Ann", "Bea"),
        teachers={"Emma": (), "Tom": (START,)},
    )
    actor = people.staff("curriculum")
    [made] = asking.done(
        create.create(
            asking.request(actor=actor, now=NOW),
            teacher_id=people.teachers["Emma"].pk,
            starts_at=START,
            capacity=2,
            texts=TEXTS,
        )
    )
    asking.done(describe.publish(asking.request(actor=actor, now=NOW), class_id=made.class_id))
    scene = Scene(company, people.learners, people.teachers, made.class_id)
    assert scene.join("Eva") == ["done"]
    return scene


def _sell_classes(company: Company) -> None:
    product, is_new = Product.objects.get_or_create(
        market=company.market, code="open", defaults={"name_zh": "公开课", "name_en": "Open class"}
    )
    if is_new:
        Price.objects.create(product=product, asset="credit", amount=1)
