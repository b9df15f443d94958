"""A seat is left: time, place and payment go back, or a refusal leaves all as it was."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from tests import asking, snapshot, world
from tests.world import NOW, Company
from yueke.booking.models import Lesson, Seat, SeatCell
from yueke.booking.orders import Booked, Cancelled
from yueke.inventory.models import Slot
from yueke.kernel.actor import Actor
from yueke.kernel.grid import HALF_HOUR
from yueke.notices.models import Event
from yueke.people.models import Learner, Teacher
from yueke.wallet.models import Account, Transfer

DAY = timedelta(hours=24)
INSTANT = timedelta(microseconds=1)
START = NOW + 2 * DAY


@pytest.fixture
def learner(cn: Company) -> Learner:
    """Return a learner with three credits in two lots."""
    learner = world.add_learner(company=cn, credit=0)
    world.add_lot(company=cn, learner=learner, amount=1, expires_in=9 * DAY)
    world.add_lot(company=cn, learner=learner, amount=2)
    return learner


@pytest.fixture
def emma(cn: Company) -> Teacher:
    """Return the teacher."""
    return world.add_teacher(company=cn, opens=[START, START + HALF_HOUR])


@pytest.fixture
def parent(learner: Learner) -> Actor:
    """Return the family's login."""
    return asking.parent_of(family=learner.family)


@pytest.fixture
def booked(learner: Learner, emma: Teacher, parent: Actor) -> Booked:
    """Return a lesson of two half-hours that cost three credits."""
    command = asking.to_book(learner=learner, teacher=emma, starts_at=START, product="level7")
    return asking.book_one(actor=parent, command=command, now=NOW)


def lots(learner: Learner) -> list[int]:
    """Return what is left in a learner's lots."""
    owned = Account.objects.filter(learner_id=learner.id).order_by("id")
    return list(owned.values_list("balance", flat=True))


def test_everything_goes_back_where_it_came_from(
    learner: Learner, parent: Actor, booked: Booked
) -> None:
    assert lots(learner) == [0, 0]
    before = snapshot.take()
    results = asking.cancel(actor=parent, seats=[booked.seat_id], now=START - DAY)
    assert results == [Cancelled(booked.seat_id, booked.lesson_id, learner.id, "credit", 3, 3)]
    assert snapshot.changes(before) == {
        "slot": (2, 2),
        "lesson": (1, 1),
        "seat": (1, 1),
        "seat_cell": (0, 2),
        "account": (2, 2),
        "transfer": (2, 0),
        "event": (1, 0),
        "request_key": (1, 0),
    }
    assert lots(learner) == [1, 2]
    lesson, seat = Lesson.objects.get(), Seat.objects.get()
    assert (lesson.state, lesson.seats_taken) == ("cancelled", 0)
    assert (seat.state, seat.paid, seat.refunded) == ("cancelled", 3, 3)
    assert set(Slot.objects.values_list("state", "lesson_id")) == {("open", None)}
    assert not SeatCell.objects.exists()


def test_each_payment_is_refunded_by_an_entry_the_other_way(parent: Actor, booked: Booked) -> None:
    asking.cancel(actor=parent, seats=[booked.seat_id], now=NOW)
    sides = ("part", "from_account_id", "to_account_id", "amount", "seat_id")
    spends = Transfer.objects.filter(kind="spend").values_list(*sides)
    refunds = Transfer.objects.filter(kind="refund").values_list(*sides)
    assert {(part, to, from_, n, seat) for part, from_, to, n, seat in refunds} == set(spends)
    event = Event.objects.get(kind="lesson.cancelled")
    assert set(Transfer.objects.filter(kind="refund").values_list("event_id", flat=True)) == {
        event.id
    }
    assert (event.lesson_id, event.starts_at) == (booked.lesson_id, START)
    assert event.data == {"asset": "credit", "paid": 3, "refunded": 3}


def test_an_instant_too_late_the_payment_is_spent_and_the_time_is_free(
    learner: Learner, parent: Actor, booked: Booked
) -> None:
    before = snapshot.take()
    now = START - DAY + INSTANT
    [left] = asking.cancel(actor=parent, seats=[booked.seat_id], now=now)
    assert isinstance(left, Cancelled)
    assert left.refunded == 0
    assert set(snapshot.changes(before)) == {
        "slot", "lesson", "seat", "seat_cell", "event", "request_key"
    }  # fmt: skip
    assert lots(learner) == [0, 0]
    assert Seat.objects.get().refunded == 0


def test_staff_refund_until_the_start(cn: Company, learner: Learner, booked: Booked) -> None:
    lp = asking.staff_of(market_id=cn.market_id)
    [left] = asking.cancel(actor=lp, seats=[booked.seat_id], now=START - INSTANT)
    assert isinstance(left, Cancelled)
    assert (left.refunded, lots(learner)) == (3, [1, 2])


def test_what_was_left_can_be_booked_again_and_paid_again(
    learner: Learner, emma: Teacher, parent: Actor, booked: Booked
) -> None:
    asking.cancel(actor=parent, seats=[booked.seat_id], now=NOW)
    command = asking.to_book(learner=learner, teacher=emma, starts_at=START, product="level7")
    again = asking.book_one(actor=parent, command=command, now=NOW)
    assert again.seat_id != booked.seat_id
    assert lots(learner) == [0, 0]


def test_a_seat_named_twice_is_left_once(parent: Actor, booked: Booked) -> None:
    results = asking.cancel(actor=parent, seats=[booked.seat_id] * 2, now=NOW)
    assert asking.codes(results) == ["done", "lesson_already_cancelled"]
    assert Transfer.objects.filter(kind="refund").count() == 2


def test_a_seat_left_before_is_refused(parent: Actor, booked: Booked) -> None:
    asking.cancel(actor=parent, seats=[booked.seat_id], now=NOW)
    before = snapshot.take()
    results = asking.cancel(actor=parent, seats=[booked.seat_id], now=NOW)
    assert asking.codes(results) == ["lesson_already_cancelled"]
    assert snapshot.changes(before) == {"request_key": (1, 0)}


@pytest.mark.parametrize("now", [START, START + DAY])
def test_a_lesson_that_has_begun_is_not_cancelled(
    parent: Actor, booked: Booked, now: datetime
) -> None:
    before = snapshot.take()
    results = asking.cancel(actor=parent, seats=[booked.seat_id], now=now)
    assert asking.codes(results) == ["lesson_already_started"]
    assert snapshot.changes(before) == {"request_key": (1, 0)}


def test_who_may_not_reach_the_seat_changes_nothing(
    cn: Company, us: Company, parent: Actor, booked: Booked
) -> None:
    other = asking.parent_of(family=world.add_family(company=cn))
    abroad = asking.staff_of(market_id=us.market_id)
    before = snapshot.take()
    for actor, seat_id, code in [
        (other, booked.seat_id, "lesson_not_found"),
        (abroad, booked.seat_id, "lesson_not_found"),
        (parent, 10_000_000, "lesson_not_found"),
        (replace(parent, channel="teachers"), booked.seat_id, "channel_may_not"),
    ]:
        assert asking.codes(asking.cancel(actor=actor, seats=[seat_id], now=NOW)) == [code]
    assert snapshot.changes(before) == {"request_key": (4, 0)}


def test_a_list_of_all_or_none_with_one_refusal_leaves_nothing(
    parent: Actor, booked: Booked
) -> None:
    before = snapshot.take()
    results = asking.cancel(
        actor=parent, seats=[booked.seat_id, 10_000_000], now=NOW, all_or_none=True
    )
    assert asking.codes(results) == ["list_refused", "lesson_not_found"]
    assert snapshot.changes(before) == {"request_key": (1, 0)}
    results = asking.cancel(actor=parent, seats=[10_000_000, booked.seat_id], now=NOW)
    assert asking.codes(results) == ["lesson_not_found", "done"]
