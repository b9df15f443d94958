"""A lesson that commands meet on, and who is around it."""

from dataclasses import dataclass
from datetime import timedelta

from tests import asking, world
from tests.concurrency.aftermath import Facts, aftermath
from tests.concurrency.people_around import People, meet
from tests.world import NOW, Company, half_hours_ahead
from yueke.booking.models import Seat
from yueke.curriculum.models import Course, CourseLesson

START = half_hours_ahead(count=100)
SOON = START - timedelta(minutes=6)
LATER = START + timedelta(minutes=1)
SPARE = START + timedelta(hours=2)
FAR = START + timedelta(hours=4)


@dataclass
class Scene(People):
    """One lesson of Eva with Emma; Tom and Ann have its time open, and Zoe wants it.

    Fay has a lesson with Gus at the same time, and Ivy one with Hal later, who has this time open
    as Emma has that one.
    """

    seat_id: int
    fays_seat_id: int
    ivys_seat_id: int

    def outcome(self) -> Facts:
        """Return everything the commands could have changed."""
        named = {self.seat_id: "Eva's", self.fays_seat_id: "Fay's", self.ivys_seat_id: "Ivy's"}
        seats = Seat.objects.filter(pk__in=named)
        lessons = {seat.lesson_id: named[seat.pk] for seat in seats}
        return aftermath(self, lessons=lessons)


def lay_out(company: Company) -> Scene:
    """Lay out two lessons with people of their own."""
    course = Course.objects.get(product=company.products["major"], level=world.LEVEL)
    CourseLesson.objects.get_or_create(course=course, number=5, title="Lesson 5")
    opens = {
        **dict.fromkeys(("Tom", "Ann", "Gus"), (START,)),
        **dict.fromkeys(("Emma", "Hal"), (START, FAR)),
    }
    people = meet(company, learners=("Eva", "Zoe", "Fay", "Ivy"), teachers=opens)
    lessons = (("Eva", "Emma", START), ("Fay", "Gus", START), ("Ivy", "Hal", FAR))
    commands = [
        asking.to_book(
            learner=people.learners[name], teacher=people.teachers[teacher], starts_at=start
        )
        for name, teacher, start in lessons
    ]
    order = asking.order_of(actor=people.staff("lp"), commands=commands)
    booked = asking.done(asking.book_orders(orders=[order], now=NOW)[0])
    return Scene(company, people.learners, people.teachers, *(one.seat_id for one in booked))
