"""Whether a seat may be left, and what comes back: to the very instant."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from tests.unit.knowledge import FAMILY, LEARNER, LP, NOW, PARENT, TEACHER
from yueke.booking.orders import CancelSeat, Order
from yueke.booking.refusals import (
    LessonAlreadyCancelled,
    LessonAlreadyStarted,
    LessonNotFound,
    ListRefused,
)
from yueke.booking.rules import cancel
from yueke.booking.rules.cancel import Leaving, LessonFacts, SeatFacts
from yueke.kernel.actor import Actor
from yueke.kernel.refusal import Refusal
from yueke.people.refusals import ChannelMayNot

INSTANT = timedelta(microseconds=1)
DAY = timedelta(hours=24)
SEAT, OTHER, UNKNOWN = 50, 51, 52


def seats(
    *,
    starts_at: datetime = NOW + 2 * DAY,
    state: str = "live",
    count: int = 1,
    shared: bool = False,
) -> dict[int, SeatFacts]:
    """Return seats of one family, each in a lesson of its own unless they share one."""
    lessons = [
        LessonFacts(60 + n, TEACHER, starts_at, 1, count if shared else 1) for n in range(count)
    ]
    return {
        SEAT + n: SeatFacts(
            SEAT + n, LEARNER + n, FAMILY, state, "credit", 2, 24, lessons[0 if shared else n]
        )
        for n in range(count)
    }


def decide(
    known: dict[int, SeatFacts],
    *seat_ids: int,
    actor: Actor = PARENT,
    all_or_none: bool = False,
    now: datetime = NOW,
) -> list[Leaving | Refusal]:
    """Decide one order."""
    commands = [CancelSeat(seat_id) for seat_id in seat_ids]
    order = Order(actor, "key", b"", commands, all_or_none)
    return cancel.decide_order(known, order, now)


@pytest.mark.parametrize(
    ("before_start", "refund"),
    [
        (DAY + INSTANT, 2),
        (DAY, 2),  # until 24 h before, that instant included
        (DAY - INSTANT, 0),
        (INSTANT, 0),
    ],
)
def test_a_family_gets_its_payment_back_until_24_hours_before(
    before_start: timedelta, refund: int
) -> None:
    [left] = decide(seats(starts_at=NOW + before_start), SEAT)
    assert isinstance(left, Leaving)
    assert left.refund == refund


@pytest.mark.parametrize("before_start", [DAY, DAY - INSTANT, INSTANT])
def test_staff_give_everything_back_at_any_time(before_start: timedelta) -> None:
    [left] = decide(seats(starts_at=NOW + before_start), SEAT, actor=LP)
    assert isinstance(left, Leaving)
    assert left.refund == 2


@pytest.mark.parametrize("side", ["staff", "teacher", "job"])
def test_only_families_pay_for_leaving_late(side: str) -> None:
    refund = cancel.refund_of(side=side, paid=3, starts_at=NOW, free_hours=24, now=NOW)
    assert refund == 3


@pytest.mark.parametrize(("hours", "refund"), [(0, 2), (1, 2), (2, 2), (3, 0)])
def test_the_hours_are_the_product_s(hours: int, refund: int) -> None:
    starts_at = NOW + timedelta(hours=2)
    assert refund == cancel.refund_of(
        side="family", paid=2, starts_at=starts_at, free_hours=hours, now=NOW
    )


@pytest.mark.parametrize(
    ("known", "refusal"),
    [
        ({}, LessonNotFound(SEAT)),
        (seats(state="cancelled"), LessonAlreadyCancelled(SEAT)),
        (seats(starts_at=NOW), LessonAlreadyStarted(SEAT)),
        (seats(starts_at=NOW - DAY), LessonAlreadyStarted(SEAT)),
    ],
)
def test_a_seat_may_not_be_there_to_leave(known: dict[int, SeatFacts], refusal: Refusal) -> None:
    assert decide(known, SEAT) == [refusal]


def test_another_family_s_seat_is_not_found() -> None:
    assert decide(seats(), SEAT, actor=replace(PARENT, family_id=8)) == [LessonNotFound(SEAT)]


def test_another_teacher_s_lesson_is_not_found_and_one_s_own_is() -> None:
    teacher = replace(LP, teacher_id=5)
    assert decide(seats(), SEAT, actor=teacher) == [LessonNotFound(SEAT)]
    [left] = decide(seats(), SEAT, actor=replace(teacher, teacher_id=TEACHER))
    assert isinstance(left, Leaving)


def test_a_channel_that_may_not_cancel_learns_nothing_of_the_seat() -> None:
    actor = replace(LP, channel="marketing")
    refusal = ChannelMayNot("marketing", "cancel", "lesson")
    assert decide(seats(), SEAT, UNKNOWN, actor=actor) == [refusal, refusal]


def test_a_seat_named_twice_is_left_once() -> None:
    left, refused = decide(seats(), SEAT, SEAT)
    assert isinstance(left, Leaving)
    assert refused == LessonAlreadyCancelled(SEAT)


def test_the_last_to_leave_a_shared_lesson_empties_it() -> None:
    first, last = decide(seats(count=2, shared=True), SEAT, OTHER, actor=LP)
    assert isinstance(first, Leaving)
    assert isinstance(last, Leaving)
    assert (first.empties, last.empties) == (False, True)


def test_a_list_of_all_or_none_that_fails_leaves_the_facts_as_they_were() -> None:
    known = seats(count=2, shared=True)
    results = decide(known, SEAT, OTHER, UNKNOWN, all_or_none=True)
    assert results == [ListRefused(), ListRefused(), LessonNotFound(UNKNOWN)]
    assert known == seats(count=2, shared=True)
