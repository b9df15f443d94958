"""A seat is left once and refunded once (I-5), and its half-hour goes to one who waits for it."""

from collections.abc import Callable

import pytest

from tests import asking, world
from tests.concurrency import doing
from tests.concurrency.doing import NO_LOCKS_OF_SEATS, Act
from tests.concurrency.meeting import Changes, at_once, overtaken
from tests.world import NOW, Company, half_hours_ahead
from yueke.booking.models import Lesson, Seat
from yueke.inventory.models import Slot
from yueke.people.models import Learner, Teacher
from yueke.wallet.models import Account, Transfer

START = half_hours_ahead(count=100)
Move = Callable[..., Company]
Booked = tuple[Learner, Teacher, int]


def book_a_lesson(company: Company) -> Booked:
    """Return a learner, the teacher they have booked, and the seat."""
    learner = world.add_learner(company=company, credit=1)
    teacher = world.add_teacher(company=company, opens=[START])
    command = asking.to_book(learner=learner, teacher=teacher, starts_at=START)
    actor = asking.parent_of(family=learner.family)
    return learner, teacher, asking.book_one(actor=actor, command=command, now=NOW).seat_id


def twice(booked: Booked, changes: Changes | None = None) -> tuple[Act, Act]:
    """Return two cancellations of the seat, each stopped once it has read what it decides on."""
    learner, _, seat_id = booked
    one, two = (
        doing.stopped_cancelling(learner=learner, seat_id=seat_id, changes=changes)
        for _ in range(2)
    )
    return one, two


def balance(booked: Booked) -> int:
    """Return what the learner owns."""
    return Account.objects.get(learner_id=booked[0].id).balance


def test_of_many_who_cancel_one_seat_at_once_one_does(company: Company) -> None:
    booked = book_a_lesson(company)
    learner, _, seat_id = booked
    acts = [doing.cancelling(learner=learner, seat_id=seat_id) for _ in range(6)]
    assert sorted(at_once(*acts)) == [["done"]] + [["lesson_already_cancelled"]] * 5
    assert balance(booked) == 1
    assert Transfer.objects.filter(kind="refund").count() == 1


def test_who_cancels_second_waits_and_is_told_it_was_left(company: Company) -> None:
    booked = book_a_lesson(company)
    assert overtaken(*twice(booked)) == (["done"], ["lesson_already_cancelled"])
    assert balance(booked) == 1


@pytest.mark.parametrize("lock", NO_LOCKS_OF_SEATS)
def test_any_of_the_locks_is_enough(company: Company, lock: str) -> None:
    booked = book_a_lesson(company)
    changes = {name: change for name, change in NO_LOCKS_OF_SEATS.items() if name != lock}
    one, two = twice(booked, changes)
    done, refused = overtaken(one, two)
    assert done == ["done"]
    assert refused == ["lesson_already_cancelled"]


def test_control_without_the_locks_the_constraints_still_stop_the_second(company: Company) -> None:
    booked = book_a_lesson(company)
    outcomes = overtaken(*twice(booked, NO_LOCKS_OF_SEATS))
    # The writes are one statement: whichever constraint comes first stops it.
    assert sum(isinstance(one, list) for one in outcomes) == 1
    kept_by = ("lesson_seats_within_capacity", "transfer_seat_paid_once")
    assert any(constraint in str(outcomes) for constraint in kept_by)
    assert balance(booked) == 1


def test_control_without_locks_and_constraints_one_seat_is_refunded_twice(without: Move) -> None:
    company = without("lesson_seats_within_capacity", "transfer_seat_paid_once")
    booked = book_a_lesson(company)
    assert overtaken(*twice(booked, NO_LOCKS_OF_SEATS)) == (["done"], ["done"])
    assert balance(booked) == 2
    assert Seat.objects.get().paid == 1


def test_who_wants_the_half_hour_while_it_is_being_left_waits_and_has_it(company: Company) -> None:
    leaver, teacher, seat_id = book_a_lesson(company)
    comer = world.add_learner(company=company)
    leaving = doing.stopped_cancelling(learner=leaver, seat_id=seat_id)
    coming = doing.booking(learner=comer, teacher=teacher, starts_at=START)
    assert overtaken(leaving, coming) == (["done"], ["done"])
    slot = Slot.objects.get()
    assert slot.lesson_id == Seat.objects.get(state="live").lesson_id


def test_who_wants_it_just_before_is_told_it_is_taken_and_the_leaver_leaves(
    company: Company,
) -> None:
    leaver, teacher, seat_id = book_a_lesson(company)
    comer = world.add_learner(company=company)
    coming = doing.stopped_booking(learner=comer, teacher=teacher, starts_at=START)
    leaving = doing.cancelling(learner=leaver, seat_id=seat_id)
    assert overtaken(coming, leaving) == (["slot_already_taken"], ["done"])
    assert Slot.objects.get().state == "open"


def test_control_without_the_slot_s_lock_who_comes_does_not_see_it_left(company: Company) -> None:
    leaver, teacher, seat_id = book_a_lesson(company)
    comer = world.add_learner(company=company)
    leaving = doing.stopped_cancelling(learner=leaver, seat_id=seat_id)
    coming = doing.stopped_booking(
        learner=comer, teacher=teacher, starts_at=START, changes=doing.NO_SLOT_LOCK
    )
    assert overtaken(leaving, coming) == (["done"], ["slot_already_taken"])


def test_cancel_and_book_at_once_leave_one_lesson_or_none(company: Company) -> None:
    for _ in range(5):
        leaver, teacher, seat_id = book_a_lesson(company)
        comers = [world.add_learner(company=company) for _ in range(3)]
        left, *came = at_once(
            doing.cancelling(learner=leaver, seat_id=seat_id),
            *(doing.booking(learner=one, teacher=teacher, starts_at=START) for one in comers),
        )
        assert left == ["done"]
        live = Lesson.objects.filter(teacher_id=teacher.id, state="booked")
        assert live.count() == came.count(["done"]) <= 1
        assert came.count(["done"]) + came.count(["slot_already_taken"]) == 3
