"""What the rows of a bulk would be refused is what they are refused when they are carried out."""

from collections.abc import Sequence
from datetime import datetime

import pytest

from tests import asking, snapshot, world
from tests.open_classes import seat_in_class, sell_classes
from tests.world import NOW, Company
from yueke.booking import bulk
from yueke.booking.bulk_foresight import foresee_rows
from yueke.booking.deeds import ACTS, Particulars, do
from yueke.booking.models import BulkRow, Lesson, Seat
from yueke.inventory.models import Slot
from yueke.kernel.grid import HALF_HOUR
from yueke.kernel.refusal import Refusal
from yueke.people.models import PolicyValue, Teacher

LATER = NOW + 4 * HALF_HOUR
NOBODYS = 987_654
Row = tuple[int, int | None]


def booked(cn: Company, teacher: Teacher, at: datetime, *, product: str = "major") -> int:
    """Book a lesson for a learner of its own, well before, and return the seat."""
    command = asking.to_book(
        learner=world.add_learner(company=cn), teacher=teacher, starts_at=at, product=product
    )
    actor = asking.staff_of(market_id=cn.market_id)
    return asking.book_one(actor=actor, command=command, now=min(at, NOW) - HALF_HOUR).seat_id


def lesson(cn: Company, at: datetime, *, product: str = "major") -> int:
    """Book a lesson of a teacher of its own, and return the seat."""
    starts = [at, at + HALF_HOUR]
    teacher = world.add_teacher(company=cn)
    world.open_slots(company=cn, teacher=teacher, starts=starts, now=min(at, NOW) - HALF_HOUR)
    return booked(cn, teacher, at, product=product)


def beside(cn: Company, seat_id: int) -> int:
    """Give another learner a place in the lesson of a seat, and return that seat."""
    return world.seat_beside(learner=world.add_learner(company=cn), seat_id=seat_id)


def some_lessons(cn: Company) -> list[Row]:
    """Return lessons begun and to come, with two learners, cancelled, finished, and none at all.

    The last but one is an open class that has begun.
    """
    running, shared = lesson(cn, NOW), lesson(cn, NOW)
    gone, over = lesson(cn, LATER), lesson(cn, NOW)
    support = asking.staff_of(market_id=cn.market_id, channel="fireman")
    asking.cancel(actor=support, seats=[gone], now=NOW)
    do(ACTS["finish"], asking.request(actor=support, now=NOW), Particulars(over))
    long, ahead = lesson(cn, NOW - HALF_HOUR, product="level7"), lesson(cn, LATER)
    seats = [running, shared, beside(cn, shared), gone, over, long, ahead, beside(cn, ahead)]
    return [(seat, None) for seat in [*seats, in_class(cn, NOW), NOBODYS]]


def in_class(cn: Company, at: datetime) -> int:
    """Book a place in an open class, and return the seat."""
    sell_classes(cn)
    _, seat_id = seat_in_class(cn, world.add_learner(company=cn), at)
    return seat_id


def told(found: Sequence[Refusal | None]) -> list[str]:
    """Return refusals as text, and '' for what is done."""
    return [str(one) if one else "" for one in found]


def foreseen_and_done(
    cn: Company, deed: str, rows: list[Row], *, channel: str = "fireman"
) -> tuple[list[str], list[str]]:
    """Return what each row would be refused, and what it is when a worker carries it out."""
    actor = asking.staff_of(market_id=cn.market_id, channel=channel)
    before = snapshot.take()
    foreseen = foresee_rows(asking.request(actor=actor, now=NOW), deed=deed, rows=rows)
    assert snapshot.changes(before) == {}
    asked = asking.request(actor=actor, now=NOW)
    bulk.start_bulk(asked, deed=deed, need=("see", "lessons"), rows=rows, reason="storm")
    while bulk.run_next(now=NOW):
        pass
    done = [bulk.refusal_of(row) for row in BulkRow.objects.order_by("place")]
    return told(foreseen), told(done)


@pytest.mark.parametrize(
    ("deed", "channel", "refused"),
    [
        ("finish", "fireman", 6),
        ("teacher-absent", "fireman", 7),
        ("learner-absent", "fireman", 6),
        ("fake-cancel", "cc", 8),
        ("cancel", "fireman", 8),
    ],
)
def test_each_row_is_foreseen_as_it_comes_out_after_those_before_it(
    cn: Company, deed: str, channel: str, refused: int
) -> None:
    rows = some_lessons(cn)
    foreseen, done = foreseen_and_done(cn, deed, rows, channel=channel)
    assert foreseen == done
    assert len(list(filter(None, foreseen))) == refused


def test_a_refunded_absence_is_foreseen_as_well(cn: Company) -> None:
    PolicyValue.objects.create(
        id=1, market_id=cn.market_id, name="learner_no_show", value="refunded", from_at=NOW
    )
    # The long lesson began before the policy.
    foreseen, done = foreseen_and_done(cn, "learner-absent", some_lessons(cn))
    assert foreseen == done


def test_two_rows_that_fight_for_a_teacher_show_it(cn: Company, us: Company) -> None:
    spare = world.add_teacher(company=cn, opens=[LATER])
    abroad = world.add_teacher(company=us, opens=[LATER])
    unskilled = world.add_teacher(company=cn, opens=[LATER], skills=["special:3"])
    first, second, third, fourth, fifth = (lesson(cn, LATER) for _ in range(5))
    rows: list[Row] = [
        (first, spare.id), (second, spare.id), (third, abroad.id), (fourth, unskilled.id),
        (fifth, teacher_of(fifth)), (NOBODYS, spare.id),
    ]  # fmt: skip
    foreseen, done = foreseen_and_done(cn, "teacher", rows)
    assert foreseen == done
    assert [one.split()[0] if one else "" for one in foreseen] == [
        "", "slot_already_taken", "teacher_not_found", "teacher_does_not_teach",
        "teacher_unchanged", "lesson_not_found",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("target", "kept", "until", "refusal"),
    [
        (None, None, None, ""),
        (None, False, None, "slot_not_open"),
        ("student", None, None, "slot_targeted"),
        ("student", True, None, ""),
        ("contract", None, None, ""),
        ("student", None, LATER, "slot_targeted"),
        ("student", None, NOW - HALF_HOUR, "slot_not_open"),
        ("student", True, NOW - HALF_HOUR, ""),
        ("priority", None, NOW - HALF_HOUR, ""),
    ],
)
def test_time_that_a_row_before_gives_back_is_there_for_the_next_one_unless_it_goes(
    cn: Company, target: str | None, kept: bool | None, until: datetime | None, refusal: str
) -> None:
    spare = world.add_teacher(company=cn, opens=[LATER])
    first, second = lesson(cn, LATER), lesson(cn, LATER)
    freed = teacher_of(first)
    learner_id = Seat.objects.get(pk=first).learner_id if target else None
    Slot.objects.filter(teacher_id=freed, starts_at=LATER).update(
        target_kind=target, target_id=learner_id, kept_on_cancel=kept, reserved_until=until
    )
    rows: list[Row] = [(first, spare.id), (second, freed)]
    foreseen, done = foreseen_and_done(cn, "teacher", rows)
    assert foreseen == done
    assert [one.split()[0] if one else "" for one in foreseen] == ["", refusal]


def test_a_lesson_kept_without_a_learner_changes_teachers_for_whoever_comes(cn: Company) -> None:
    spare, kept = (world.add_teacher(company=cn, opens=[LATER]) for _ in range(2))
    first, second, third = (lesson(cn, LATER) for _ in range(3))
    support = asking.staff_of(market_id=cn.market_id, channel="cc")
    for seat_id in (first, second):
        do(ACTS["fake-cancel"], asking.request(actor=support, now=NOW), Particulars(seat_id))
    # Kept for the one who left, it is not for whoever comes.
    Slot.objects.filter(teacher_id=kept.id).update(
        target_kind="student", target_id=Seat.objects.get(pk=second).learner_id
    )
    rows: list[Row] = [(first, spare.id), (second, kept.id), (third, teacher_of(first))]
    foreseen, done = foreseen_and_done(cn, "teacher", rows)
    assert foreseen == done
    assert [one.split()[0] if one else "" for one in foreseen] == ["", "slot_targeted", ""]


def test_an_open_class_changes_teachers_with_all_of_its_time(cn: Company) -> None:
    spare = world.add_teacher(company=cn, opens=[LATER, LATER + HALF_HOUR])
    half = world.add_teacher(company=cn, opens=[LATER])
    first, second, third = in_class(cn, LATER), in_class(cn, LATER), lesson(cn, LATER + HALF_HOUR)
    rows: list[Row] = [(first, spare.id), (second, half.id), (third, spare.id)]
    foreseen, done = foreseen_and_done(cn, "teacher", rows)
    assert foreseen == done
    assert [one.split()[0] if one else "" for one in foreseen] == [
        "", "slot_not_open", "slot_already_taken",
    ]  # fmt: skip


def test_time_that_has_begun_goes_with_its_lesson(cn: Company) -> None:
    spare = world.add_teacher(company=cn)
    world.open_slots(company=cn, teacher=spare, starts=[NOW], now=NOW - HALF_HOUR)
    first, second = lesson(cn, NOW), lesson(cn, NOW)
    rows: list[Row] = [(first, spare.id), (second, teacher_of(first))]
    foreseen, done = foreseen_and_done(cn, "teacher", rows)
    assert foreseen == done
    assert foreseen[1].startswith("slot_not_open")


def test_another_market_and_another_channel_are_refused_row_by_row(
    cn: Company, us: Company
) -> None:
    rows: list[Row] = [(lesson(us, NOW), None), (lesson(cn, NOW), None)]
    for deed in ("finish", "cancel", "fake-cancel", "learner-absent"):
        actor = asking.staff_of(market_id=cn.market_id, channel="supply")
        found = foresee_rows(asking.request(actor=actor, now=NOW), deed=deed, rows=rows)
        assert [one and one.code for one in found] == ["channel_may_not"] * 2
    foreseen, done = foreseen_and_done(cn, "finish", rows)
    assert foreseen == done
    assert foreseen[0].startswith("lesson_not_found")


def teacher_of(seat_id: int) -> int:
    """Return the teacher of a seat's lesson."""
    teacher_id = Lesson.objects.get(pk=Seat.objects.get(pk=seat_id).lesson_id).teacher_id
    assert teacher_id is not None
    return teacher_id
