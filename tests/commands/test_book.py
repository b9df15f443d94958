"""A lesson is booked: what every table holds afterwards."""

from datetime import timedelta

import pytest

from tests import asking, snapshot, world
from tests.world import NOW, Company, half_hours_ahead
from yueke.booking import commands as booking
from yueke.booking.models import Lesson, Seat, SeatCell
from yueke.booking.orders import Booked
from yueke.inventory.models import Slot
from yueke.inventory.orders import Target
from yueke.kernel.grid import HALF_HOUR
from yueke.notices.models import Event
from yueke.people.models import Learner, Teacher
from yueke.wallet.models import Account, Transfer

START = half_hours_ahead(count=100)
NEXT = START + HALF_HOUR


@pytest.fixture
def learner(cn: Company) -> Learner:
    """Return a learner with ten credits."""
    return world.add_learner(company=cn)


@pytest.fixture
def emma(cn: Company) -> Teacher:
    """Return a teacher with two open half-hours."""
    return world.add_teacher(company=cn, opens=[START, NEXT])


def test_every_table_tells_of_the_lesson(cn: Company, learner: Learner, emma: Teacher) -> None:
    before = snapshot.take()
    parent = asking.parent_of(family=learner.family)
    command = asking.to_book(learner=learner, teacher=emma, starts_at=START, reason="约课")
    booked = asking.book_one(actor=parent, command=command, now=NOW)
    assert snapshot.changes(before) == {
        "slot": (1, 1),
        "lesson": (1, 0),
        "seat": (1, 0),
        "seat_cell": (1, 0),
        "account": (1, 1),
        "transfer": (1, 0),
        "event": (1, 0),
        "request_key": (1, 0),
    }
    until = START - timedelta(hours=24)
    assert booked == Booked(
        booked.seat_id, booked.lesson_id, learner.id, emma.id, START, "major", "credit", 1, until
    )
    slot = Slot.objects.get(starts_at=START)
    assert (slot.state, slot.lesson_id) == ("booked", booked.lesson_id)
    assert Lesson.objects.values().get() == {
        "id": booked.lesson_id,
        "market_id": cn.market_id,
        "product_id": cn.products["major"].id,
        "course_id": cn.products["major"].courses.get(level=world.LEVEL).id,
        "course_number": None,
        "teacher_id": emma.id,
        "starts_at": START,
        "cells": 1,
        "capacity": 1,
        "seats_taken": 1,
        "state": "booked",
    }
    assert Seat.objects.values().get() == {
        "id": booked.seat_id,
        "market_id": cn.market_id,
        "lesson_id": booked.lesson_id,
        "learner_id": learner.id,
        "starts_at": START,
        "state": "live",
        "asset": "credit",
        "paid": 1,
        "refunded": 0,
        "absent": False,
        "taught_number": None,
        "progress_moved": None,
        "free_cancel_hours": 24,
    }
    cell = SeatCell.objects.get()
    assert (cell.learner_id, cell.starts_at, cell.seat_id) == (learner.id, START, booked.seat_id)
    event = Event.objects.get(kind="lesson.booked")
    assert (event.at, event.channel, event.actor_id) == (NOW, "parents-h5", parent.id)
    assert (event.reason, event.lesson_id) == ("约课", booked.lesson_id)
    assert (event.learner_id, event.teacher_id, event.starts_at) == (learner.id, emma.id, START)
    assert event.data == {"product": "major", "asset": "credit", "paid": 1}


def test_what_is_paid_goes_from_the_lot_to_the_company(
    cn: Company, learner: Learner, emma: Teacher
) -> None:
    command = asking.to_book(learner=learner, teacher=emma, starts_at=START)
    booked = asking.book_one(
        actor=asking.parent_of(family=learner.family), command=command, now=NOW
    )
    lot = Account.objects.get(learner_id=learner.id)
    spent = Account.objects.get(market_id=cn.market_id, role="spent", asset="credit")
    entry = Transfer.objects.get(kind="spend")
    assert (entry.from_account_id, entry.to_account_id) == (lot.id, spent.id)
    assert (entry.amount, entry.seat_id, entry.part) == (1, booked.seat_id, 0)
    assert (lot.balance, spent.balance) == (9, 0)


def test_several_lots_pay_each_with_an_entry_of_its_own(cn: Company, emma: Teacher) -> None:
    learner = world.add_learner(company=cn, credit=0)
    late = world.add_lot(company=cn, learner=learner, amount=9)
    soon = world.add_lot(company=cn, learner=learner, amount=1, expires_in=timedelta(days=1))
    command = asking.to_book(learner=learner, teacher=emma, starts_at=START, product="special")
    asking.book_one(actor=asking.staff_of(market_id=cn.market_id), command=command, now=NOW)
    entries = Transfer.objects.filter(kind="spend").order_by("part")
    assert list(entries.values_list("part", "from_account_id", "amount")) == [
        (0, soon.id, 1),
        (1, late.id, 1),
    ]
    assert [Account.objects.get(id=lot.id).balance for lot in (soon, late)] == [0, 8]


def test_a_coupon_or_stones_pay_where_they_are_named(
    cn: Company, learner: Learner, emma: Teacher
) -> None:
    parent = asking.parent_of(family=learner.family)
    coupon = world.add_lot(company=cn, learner=learner, asset="coupon", amount=1)
    other = world.add_lot(company=cn, learner=learner, asset="coupon", amount=1)
    stones = world.add_lot(company=cn, learner=learner, asset="stone", amount=30)
    by_coupon = asking.to_book(
        learner=learner, teacher=emma, starts_at=START, asset="coupon", lot_id=other.id
    )
    by_stones = asking.to_book(learner=learner, teacher=emma, starts_at=NEXT, asset="stone")
    assert asking.book_one(actor=parent, command=by_coupon, now=NOW).paid == 1
    assert asking.book_one(actor=parent, command=by_stones, now=NOW).paid == 30
    assert [Account.objects.get(id=lot.id).balance for lot in (coupon, other, stones)] == [1, 0, 0]


def test_a_longer_lesson_takes_two_half_hours_of_both(
    cn: Company, learner: Learner, emma: Teacher
) -> None:
    command = asking.to_book(learner=learner, teacher=emma, starts_at=START, product="level7")
    booked = asking.book_one(
        actor=asking.parent_of(family=learner.family), command=command, now=NOW
    )
    slots = Slot.objects.filter(teacher_id=emma.id, lesson_id=booked.lesson_id)
    assert set(slots.values_list("starts_at", "state")) == {(START, "booked"), (NEXT, "booked")}
    cells = SeatCell.objects.filter(seat_id=booked.seat_id)
    assert set(cells.values_list("starts_at", flat=True)) == {START, NEXT}
    assert Lesson.objects.get().cells == 2


def test_a_slot_kept_for_the_learner_is_booked_and_stays_kept(
    cn: Company, learner: Learner, emma: Teacher
) -> None:
    later = NEXT + HALF_HOUR
    target = Target("student", learner.id)
    world.open_slots(company=cn, teacher=emma, starts=[later], target=target)
    command = asking.to_book(learner=learner, teacher=emma, starts_at=later)
    asking.book_one(actor=asking.parent_of(family=learner.family), command=command, now=NOW)
    slot = Slot.objects.get(starts_at=later)
    assert (slot.state, slot.target_kind, slot.target_id) == ("booked", "student", learner.id)


def test_staff_book_for_any_learner_and_their_channel_is_written_down(
    cn: Company, learner: Learner, emma: Teacher
) -> None:
    lp = asking.staff_of(market_id=cn.market_id, channel="lp")
    command = asking.to_book(learner=learner, teacher=emma, starts_at=START)
    asking.book_one(actor=lp, command=command, now=NOW)
    event = Event.objects.get(kind="lesson.booked")
    assert (event.channel, event.actor_kind, event.actor_id) == ("lp", "user", lp.id)


def test_orders_of_many_callers_are_decided_in_their_order(cn: Company, emma: Teacher) -> None:
    learners = [world.add_learner(company=cn) for _ in range(3)]
    orders = [
        asking.order_of(
            actor=asking.parent_of(family=one.family),
            commands=[asking.to_book(learner=one, teacher=emma, starts_at=START)],
        )
        for one in learners
    ]
    answers = asking.book_orders(orders=orders, now=NOW)
    outcomes = [asking.codes_of(answer) for answer in answers]
    assert outcomes == [["done"], ["slot_already_taken"], ["slot_already_taken"]]


def test_an_order_of_nothing_is_an_answer_of_nothing(cn: Company) -> None:
    actor = asking.staff_of(market_id=cn.market_id)
    assert asking.book(actor=actor, commands=[], now=NOW) == []
    assert booking.book_lessons(market_id=cn.market_id, now=NOW, orders=[]) == []
