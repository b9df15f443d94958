"""Whether a lesson may be booked: each refusal, and lists decided in their order."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from tests.unit.knowledge import (
    COURSE,
    HALF_HOUR,
    LEARNER,
    LP,
    NOON,
    NOW,
    PARENT,
    TEACHER,
    command,
    facts,
    lot,
    order,
    slot,
)
from yueke.booking.orders import BookLesson
from yueke.booking.refusals import LearnerBusy, ListRefused
from yueke.booking.rules import book
from yueke.booking.rules.book import Placement
from yueke.booking.rules.facts import Facts
from yueke.curriculum.refusals import CourseNotOpen, ProductUnknown
from yueke.inventory.refusals import (
    SlotAlreadyTaken,
    SlotNotOpen,
    SlotTargeted,
    TeacherDoesNotTeach,
    TimeInPast,
    TimeOffGrid,
)
from yueke.inventory.rules.locked_slot import OfferedSlot
from yueke.kernel.actor import Actor
from yueke.kernel.refusal import Refusal
from yueke.people.refusals import ChannelMayNot, LearnerNotFound
from yueke.wallet.refusals import BalanceTooLow

LATER = NOON + HALF_HOUR


def decide(
    known: Facts, *commands: BookLesson, actor: Actor = PARENT, all_or_none: bool = False
) -> list[Placement | Refusal]:
    """Decide one order."""
    return book.decide_order(known, order(*commands, actor=actor, all_or_none=all_or_none))


def test_a_lesson_that_nothing_forbids_is_placed() -> None:
    [placed] = decide(facts(), command())
    assert isinstance(placed, Placement)
    assert (placed.cells, placed.course_id) == ((NOON,), COURSE)
    assert placed.free_cancel_until == NOON - timedelta(hours=24)
    assert [(paid.id, share) for paid, share in placed.payments] == [(100, 1)]


def test_a_longer_lesson_takes_all_its_half_hours() -> None:
    known = facts(slots={NOON: slot(), LATER: slot()})
    [placed] = decide(known, command(product="level7"))
    assert isinstance(placed, Placement)
    assert placed.cells == (NOON, LATER)
    assert {known.slots[TEACHER, at].state for at in (NOON, LATER)} == {"booked"}


@pytest.mark.parametrize(
    ("asked", "refusal"),
    [
        (command(product="chess"), ProductUnknown("chess")),
        (command(learner_id=5), LearnerNotFound(5)),
        (command(starts_at=NOON + timedelta(minutes=1)), TimeOffGrid(NOON + timedelta(minutes=1))),
        (command(starts_at=NOW), TimeInPast(NOW)),
        (command(starts_at=NOW - HALF_HOUR), TimeInPast(NOW - HALF_HOUR)),
        (command(starts_at=LATER), SlotNotOpen(TEACHER, LATER)),
        (command(teacher_id=5), SlotNotOpen(5, NOON)),
        (command(product="level7"), SlotNotOpen(TEACHER, LATER)),
    ],
)
def test_what_is_asked_may_be_impossible(asked: BookLesson, refusal: Refusal) -> None:
    assert decide(facts(), asked) == [refusal]


@pytest.mark.parametrize(
    ("known", "refusal"),
    [
        (facts(slots={NOON: slot(state="booked")}), SlotAlreadyTaken(TEACHER, NOON)),
        (facts(slots={NOON: slot(state="held")}), SlotNotOpen(TEACHER, NOON)),
        (facts(slots={NOON: slot(target=("student", 5))}), SlotTargeted(TEACHER, NOON)),
        (facts(slots={NOON: slot(target=("product", 12))}), SlotTargeted(TEACHER, NOON)),
        # A kind that is yet to come must not be open to all.
        (facts(slots={NOON: slot(target=("contract", LEARNER))}), SlotTargeted(TEACHER, NOON)),
        (facts(slots={NOON: slot(reserved_until=NOW)}), SlotNotOpen(TEACHER, NOON)),
        (facts(slots={NOON: slot(skills=["major:4", "level7:3"])}),
         TeacherDoesNotTeach(TEACHER, "major", 3)),
        (facts(busy=[NOON]), LearnerBusy(LEARNER, NOON)),
        (facts(lots=[lot(balance=0)]), BalanceTooLow("credit", 1, 0)),
    ],
)  # fmt: skip
def test_what_is_known_may_forbid_it(known: Facts, refusal: Refusal) -> None:
    assert decide(known, command()) == [refusal]


@pytest.mark.parametrize(
    "open_slot",
    [
        slot(target=("student", LEARNER)),
        slot(target=("product", 11)),
        slot(target=("student", LEARNER), reserved_until=NOW + timedelta(microseconds=1)),
    ],
)
def test_a_targeted_slot_goes_to_its_target(open_slot: OfferedSlot) -> None:
    [placed] = decide(facts(slots={NOON: open_slot}), command())
    assert isinstance(placed, Placement)


def test_a_learner_without_progress_in_the_product_is_refused() -> None:
    known = facts()
    known.courses.clear()
    assert decide(known, command()) == [CourseNotOpen("major")]


def test_a_longer_lesson_is_refused_when_the_learner_is_busy_in_its_second_half() -> None:
    known = facts(slots={NOON: slot(), LATER: slot()}, busy=[LATER])
    assert decide(known, command(product="level7")) == [LearnerBusy(LEARNER, LATER)]


@pytest.mark.parametrize(
    ("channel", "asked", "refusal"),
    [
        ("parents-pc", command(product="level7"), ("book", "level7")),
        ("parents-pc", command(asset="stone"), ("pay", "stone")),
        ("lp", command(asset="stone"), ("pay", "stone")),
        ("cc", command(), ("book", "major")),
        ("nobody", command(), ("book", "major")),
    ],
)
def test_a_channel_books_and_pays_only_what_its_table_allows(
    channel: str, asked: BookLesson, refusal: tuple[str, str]
) -> None:
    actor = replace(LP, channel=channel)
    assert decide(facts(), asked, actor=actor) == [ChannelMayNot(channel, *refusal)]


@pytest.mark.parametrize(
    "actor", [replace(PARENT, family_id=8), replace(LP, family_id=None, teacher_id=TEACHER)]
)
def test_another_family_s_learner_is_not_found(actor: Actor) -> None:
    assert decide(facts(), command(), actor=actor) == [LearnerNotFound(LEARNER)]


def two_half_hours(*, credits_: int = 5) -> Facts:
    """Return facts with two open half-hours."""
    return facts(slots={NOON: slot(), LATER: slot()}, lots=[lot(balance=credits_)])


def test_a_slot_named_twice_in_a_list_goes_to_the_first() -> None:
    placed, refused = decide(facts(), command(), command())
    assert isinstance(placed, Placement)
    assert refused == SlotAlreadyTaken(TEACHER, NOON)


def test_the_last_credit_goes_to_the_first_of_a_list() -> None:
    placed, refused = decide(two_half_hours(credits_=1), command(), command(starts_at=LATER))
    assert isinstance(placed, Placement)
    assert refused == BalanceTooLow("credit", 1, 0)


def test_a_learner_is_in_one_place_within_a_list() -> None:
    known = two_half_hours()
    known.slots[5, NOON] = slot()
    placed, refused = decide(known, command(), command(teacher_id=5))
    assert isinstance(placed, Placement)
    assert refused == LearnerBusy(LEARNER, NOON)


def test_a_list_of_all_or_none_that_fails_leaves_the_facts_as_they_were() -> None:
    known, untouched = two_half_hours(), two_half_hours()
    results = decide(
        known, command(), command(starts_at=LATER), command(teacher_id=5), all_or_none=True
    )
    assert results == [ListRefused(), ListRefused(), SlotNotOpen(5, NOON)]
    assert known == untouched


def test_a_list_of_all_or_none_that_fails_takes_back_nothing_of_the_order_before() -> None:
    known = two_half_hours()
    decide(known, command())
    decide(known, command(starts_at=LATER), command(), all_or_none=True)
    assert known.slots[TEACHER, NOON].state == "booked"
    assert known.slots[TEACHER, LATER].state == "open"
    assert known.busy == {(LEARNER, NOON)}
    assert known.lots[LEARNER][0].balance == 4


def test_a_list_of_all_or_none_that_succeeds_is_placed_whole() -> None:
    results = decide(two_half_hours(), command(), command(starts_at=LATER), all_or_none=True)
    assert all(isinstance(result, Placement) for result in results)


def test_the_cells_wanted_are_those_of_every_half_hour_and_of_unknown_products_one() -> None:
    orders = [order(command(product="level7")), order(command(product="chess", teacher_id=5))]
    teachers, learners = book.cells_wanted(orders, facts().products)
    assert teachers == {(TEACHER, NOON), (TEACHER, LATER), (5, NOON)}
    assert learners == {(LEARNER, NOON), (LEARNER, LATER)}


def test_a_time_written_in_another_zone_is_the_same_time() -> None:
    shanghai = datetime.fromisoformat("2026-03-02T20:00:00+08:00")
    [placed] = decide(facts(), command(starts_at=shanghai))
    assert isinstance(placed, Placement)
