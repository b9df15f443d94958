"""Many want the last seats of an open class: as many get one as there are (I-3)."""

from collections.abc import Callable
from functools import partial
from typing import Any

import pytest
from django.db import IntegrityError

from tests import asking, world
from tests.concurrency.meeting import altered, at_once, overtaken
from tests.world import NOW, Company, half_hours_ahead
from yueke.booking.classes import create, describe, places
from yueke.booking.classes.models import ClassWait
from yueke.booking.classes.operations.join import join
from yueke.booking.classes.orders import BookPlace, Texts
from yueke.booking.models import Lesson, Seat
from yueke.booking.orders import CancelSeat
from yueke.cli.verify import laws
from yueke.curriculum.models import Price, Product
from yueke.kernel.transaction import Work
from yueke.people.models import Learner

START = half_hours_ahead(count=100)
NO_CLASS_LOCK = {"lock_classes": ("FOR NO KEY UPDATE OF l, c", "")}


@pytest.fixture
def school(company: Company) -> Company:
    """Return a company that sells open classes."""
    product = Product.objects.create(
        market=company.market, code="open", name_zh="公开课", name_en="Open class"
    )
    Price.objects.create(product=product, asset="credit", amount=1)
    return company


def open_class(school: Company, *, capacity: int) -> int:
    """Publish a class of a new teacher, and return it."""
    actor = asking.staff_of(market_id=school.market_id, channel="curriculum")
    [made] = asking.done(
        create.create(
            asking.request(actor=actor, now=NOW),
            teacher_id=world.add_teacher(company=school).id,
            starts_at=START,
            capacity=capacity,
            texts=Texts("拼读", "Phonics"),
        )
    )
    asking.done(describe.publish(asking.request(actor=actor, now=NOW), class_id=made.class_id))
    return made.class_id


def learners(school: Company, count: int) -> list[Learner]:
    """Add learners, each of a family of its own."""
    return [world.add_learner(company=school, credit=1) for _ in range(count)]


def ordered(learner: Learner, class_id: int) -> Any:
    """Return a family's order of a seat."""
    actor = asking.parent_of(family=learner.family)
    return asking.order_of(actor=actor, commands=[BookPlace(learner.id, class_id)])


def booking(learner: Learner, class_id: int) -> Callable[[], list[str]]:
    """Return what books a seat, as callers do."""
    order = ordered(learner, class_id)
    return lambda: asking.codes_of(
        places.book_places(market_id=learner.market_id, now=NOW, orders=[order])[0]
    )


def waiting(learner: Learner, class_id: int) -> Callable[[], list[str]]:
    """Return what joins the waiting list."""
    request = asking.request(actor=asking.parent_of(family=learner.family), now=NOW)
    wait = partial(places.wait, request, learner_id=learner.id, class_id=class_id)
    return lambda: asking.codes_of(wait())


def leaving(learner: Learner, class_id: int) -> Callable[[], list[str]]:
    """Return what leaves the learner's seat."""
    seat = Seat.objects.get(lesson_id=class_id, learner_id=learner.id)
    actor = asking.parent_of(family=learner.family)
    order = asking.order_of(actor=actor, commands=[CancelSeat(seat.id)])
    return lambda: asking.codes_of(asking.cancel_orders(orders=[order], now=NOW)[0])


def all_laws_hold() -> None:
    """Check every law."""
    assert [found.law.id for found in laws.check(now=NOW) if found.broken] == []


def test_of_many_at_once_as_many_get_a_seat_as_there_are(school: Company) -> None:
    for _ in range(3):
        class_id = open_class(school, capacity=3)
        results = at_once(*(booking(one, class_id) for one in learners(school, 8)))
        assert sorted(results) == [["class_full"]] * 5 + [["done"]] * 3
        assert Lesson.objects.get(id=class_id).seats_taken == 3
    all_laws_hold()


def test_control_without_the_class_s_lock_only_the_constraint_keeps_the_last_seat(
    school: Company,
) -> None:
    class_id = open_class(school, capacity=2)
    one, two, three = learners(school, 3)
    assert booking(one, class_id)() == ["done"]

    def unlocked(learner: Learner) -> Callable[[], Any]:
        def operation(work: Work) -> list[str]:
            order = ordered(learner, class_id)
            [answer] = join(
                work, market_id=school.market_id, now=NOW, orders=[order], handed_over_at=None
            )
            return asking.codes_of(answer)

        return altered(operation, stops_after="next_ids", changes=NO_CLASS_LOCK)

    results = overtaken(unlocked(two), unlocked(three))
    broken = [result for result in results if isinstance(result, IntegrityError)]
    assert len(broken) == 1 or any(
        "lesson_seats_within_capacity" in str(result) for result in results
    )
    assert Lesson.objects.get(id=class_id).seats_taken == 2
    all_laws_hold()


def test_a_seat_that_comes_free_never_stays_so_while_somebody_waits(school: Company) -> None:
    for _ in range(5):
        class_id = open_class(school, capacity=2)
        inside, other, comes = learners(school, 3)
        for one in (inside, other):
            assert booking(one, class_id)() == ["done"]
        left, joined = at_once(leaving(inside, class_id), waiting(comes, class_id))
        assert left == ["done"]
        has_seat = Seat.objects.filter(lesson_id=class_id, learner_id=comes.id).exists()
        assert (joined, has_seat) in ((["done"], True), (["class_has_room"], False))
        waits = ClassWait.objects.filter(lesson_id=class_id, state="waiting")
        assert not waits.exists()
    all_laws_hold()


def test_two_who_leave_at_once_make_room_for_the_two_who_wait(school: Company) -> None:
    for _ in range(5):
        class_id = open_class(school, capacity=2)
        *inside, first, second = learners(school, 4)
        for one in inside:
            assert booking(one, class_id)() == ["done"]
        for one in (first, second):
            assert waiting(one, class_id)() == ["done"]
        assert at_once(*(leaving(one, class_id) for one in inside)) == [["done"], ["done"]]
        seats = Seat.objects.filter(lesson_id=class_id, state="live")
        assert set(seats.values_list("learner_id", flat=True)) == {first.id, second.id}
    all_laws_hold()
