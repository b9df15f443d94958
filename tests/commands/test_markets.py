"""Nothing of one market is seen or touched from the other: it answers as if it were not there."""

from dataclasses import replace

import pytest

from tests import asking, snapshot, world
from tests.world import NOW, Company, half_hours_ahead
from yueke.booking import queries as booking
from yueke.booking.orders import BookLesson
from yueke.booking.queries import Search, Which
from yueke.booking.refusals import LessonNotFound
from yueke.inventory import queries as inventory
from yueke.people.models import Learner, Teacher
from yueke.people.refusals import LearnerNotFound, TeacherNotFound

START = half_hours_ahead(count=100)
NOWHERE = 10_000_000


@pytest.fixture
def people(cn: Company, us: Company) -> dict[str, tuple[Learner, Teacher]]:
    """Return a learner and a teacher with an open half-hour of each market."""
    return {
        company.market.code: (
            world.add_learner(company=company),
            world.add_teacher(company=company, opens=[START]),
        )
        for company in (cn, us)
    }


def test_a_learner_or_teacher_of_the_other_market_is_refused_as_one_who_is_not_there(
    cn: Company, people: dict[str, tuple[Learner, Teacher]]
) -> None:
    lp = asking.staff_of(market_id=cn.market_id)
    (ours, emma), (theirs, abroad) = people["cn"], people["us"]
    command = asking.to_book(learner=ours, teacher=emma, starts_at=START)
    before = snapshot.take()
    for foreign, absent in [
        ({"learner_id": theirs.id}, {"learner_id": NOWHERE}),
        ({"teacher_id": abroad.id}, {"teacher_id": NOWHERE}),
    ]:
        found: list[str] = []
        for change in (foreign, absent):
            asked: BookLesson = replace(command, **change)  # type: ignore[arg-type]
            found += asking.codes(asking.book(actor=lp, commands=[asked], now=NOW))
        assert found[0] == found[1] != "done"
    assert set(snapshot.changes(before)) == {"request_key"}


def test_a_lot_of_the_other_market_pays_nothing(
    cn: Company, us: Company, people: dict[str, tuple[Learner, Teacher]]
) -> None:
    (ours, emma), (theirs, _) = people["cn"], people["us"]
    lot = world.add_lot(company=us, learner=theirs)
    command = asking.to_book(learner=ours, teacher=emma, starts_at=START, lot_id=lot.id)
    lp = asking.staff_of(market_id=cn.market_id)
    assert asking.codes(asking.book(actor=lp, commands=[command], now=NOW)) == ["lot_not_found"]


def test_the_same_half_hour_in_both_markets_is_two_half_hours(
    people: dict[str, tuple[Learner, Teacher]],
) -> None:
    for learner, teacher in people.values():
        command = asking.to_book(learner=learner, teacher=teacher, starts_at=START)
        parent = asking.parent_of(family=learner.family)
        assert asking.book_one(actor=parent, command=command, now=NOW).paid == 1


def test_lessons_of_the_other_market_are_neither_listed_nor_read(
    cn: Company, people: dict[str, tuple[Learner, Teacher]]
) -> None:
    learner, teacher = people["us"]
    command = asking.to_book(learner=learner, teacher=teacher, starts_at=START)
    parent = asking.parent_of(family=learner.family)
    booked = asking.book_one(actor=parent, command=command, now=NOW)
    lp = asking.staff_of(market_id=cn.market_id)
    assert booking.list_lessons(actor=lp, which=Which()) == []
    assert booking.list_lessons(actor=lp, which=Which(learner_id=learner.id)) == []
    with pytest.raises(LessonNotFound):
        booking.get_lesson(actor=lp, seat_id=booked.seat_id)
    assert [row.seat_id for row in booking.list_lessons(actor=parent, which=Which())] == [
        booked.seat_id
    ]


def test_a_search_finds_the_teachers_of_its_own_market(
    cn: Company, people: dict[str, tuple[Learner, Teacher]]
) -> None:
    (ours, emma), (theirs, abroad) = people["cn"], people["us"]
    lp = asking.staff_of(market_id=cn.market_id)
    search = Search(ours.id, "major", NOW, half_hours_ahead(count=300))
    found = booking.find_teachers(actor=lp, now=NOW, search=search)
    assert [(one.teacher_id, one.starts) for one in found] == [(emma.id, [START])]
    assert booking.find_half_hours(actor=lp, now=NOW, search=search, count_up_to=9) == [(START, 1)]
    with pytest.raises(TeacherNotFound):
        booking.get_free_times(actor=lp, now=NOW, search=search, teacher_id=abroad.id)
    with pytest.raises(LearnerNotFound):
        booking.find_teachers(actor=lp, now=NOW, search=replace(search, learner_id=theirs.id))


def test_slots_of_the_other_market_are_not_listed(
    cn: Company, people: dict[str, tuple[Learner, Teacher]]
) -> None:
    _, abroad = people["us"]
    slots = inventory.slots_of_teacher(
        market_id=cn.market_id,
        teacher_id=abroad.id,
        begin=NOW,
        end=half_hours_ahead(count=300),
    )
    assert list(slots) == []
