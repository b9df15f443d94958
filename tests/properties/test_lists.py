"""A list is decided as if its commands came one by one, and a call as if its orders did."""

from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests import asking
from tests.properties.model import Booking
from tests.properties.system import System, found_company
from tests.world import NOW, half_hours_ahead

CELLS = [half_hours_ahead(count=n) for n in (1, 2, 60, 61)]
learners = st.integers(0, 2)
teachers = st.integers(0, 1)
starts = st.sampled_from([*CELLS, NOW, CELLS[0] + timedelta(minutes=1)])
families = st.sampled_from([None, None, 0, 2])
bookings = st.builds(
    Booking, learners, teachers, starts, st.sampled_from(["major", "special", "level7"])
)
orders = st.lists(
    st.tuples(families, st.lists(bookings, min_size=1, max_size=4), st.booleans()),
    min_size=1,
    max_size=5,
)
# Only a database of its own makes each example independent, which the savepoint does.
same_database = settings(suppress_health_check=[HealthCheck.function_scoped_fixture])


@dataclass(frozen=True)
class Scene:
    """What is open, held and owned before the list comes."""

    opened: list[tuple[int, datetime]]
    kept: list[tuple[int, datetime, int]]
    owned: list[tuple[int, int, int | None]] = field(default_factory=list)


scenes = st.builds(
    Scene,
    st.lists(st.tuples(teachers, st.sampled_from(CELLS)), min_size=2, max_size=8),
    st.lists(st.tuples(teachers, st.sampled_from(CELLS), learners), max_size=2),
    st.lists(
        st.tuples(learners, st.integers(1, 4), st.sampled_from([None, 1, 2])),
        min_size=2,
        max_size=6,
    ),
)


@pytest.fixture
def twins(db: None) -> tuple[System, System]:
    """Return two companies that are alike."""
    return found_company(code="one"), found_company(code="two")


def arrange(system: System, scene: Scene) -> System:
    """Lay the scene in a company."""
    rooms = replace(system, lots=[], seats=[])
    for teacher, start in scene.opened:
        actor = asking.teacher_of(teacher=rooms.teachers[teacher])
        rooms.release(asking.request(actor=actor, now=NOW), teacher, [start])
    for teacher, start, learner in scene.kept:
        actor = asking.teacher_of(teacher=rooms.teachers[teacher])
        request = asking.request(actor=actor, now=NOW)
        rooms.target(request, teacher, start, ("student", learner), None)
    for learner, amount, days in scene.owned:
        request = asking.request(actor=rooms.office("marketing"), now=NOW)
        expires_at = None if days is None else NOW + timedelta(days=days)
        rooms.grant(request, learner, amount, expires_at)
    return rooms


def assert_alike(one: System, two: System) -> None:
    """Assert that two companies hold the same."""
    assert one.slots() == two.slots()
    assert one.seat_rows() == two.seat_rows()
    assert one.balances() == two.balances()
    assert one.busy() == two.busy()
    assert one.events() == two.events()
    one.check_books()


@same_database
@given(scene=scenes, family=families, asked=st.lists(bookings, min_size=1, max_size=8))
def test_a_list_of_bookings_is_decided_as_one_by_one(
    twins: tuple[System, System], scene: Scene, family: int | None, asked: list[Booking]
) -> None:
    with transaction.atomic():
        one, two = (arrange(system, scene) for system in twins)
        [together] = one.book([one.to_book(family, asked)], NOW)
        singly = [two.book([two.to_book(family, [booking])], NOW)[0][0] for booking in asked]
        assert together == singly
        assert_alike(one, two)
        transaction.set_rollback(True)


@same_database
@given(scene=scenes, asked=orders)
def test_a_call_of_many_orders_is_decided_as_one_call_each(
    twins: tuple[System, System],
    scene: Scene,
    asked: list[tuple[int | None, list[Booking], bool]],
) -> None:
    with transaction.atomic():
        one, two = (arrange(system, scene) for system in twins)
        batch = [one.to_book(family, some, all_or_none=whole) for family, some, whole in asked]
        together = one.book(batch, NOW)
        singly = [
            two.book([two.to_book(family, some, all_or_none=whole)], NOW)[0]
            for family, some, whole in asked
        ]
        assert together == singly
        assert_alike(one, two)
        transaction.set_rollback(True)


@same_database
@given(
    scene=scenes,
    asked=st.lists(bookings, min_size=1, max_size=6),
    leaving=st.lists(
        st.tuples(families, st.lists(st.integers(0, 99), min_size=1, max_size=4), st.booleans()),
        min_size=1,
        max_size=4,
    ),
)
def test_a_call_of_many_cancellations_is_decided_as_one_call_each(
    twins: tuple[System, System],
    scene: Scene,
    asked: list[Booking],
    leaving: list[tuple[int | None, list[int], bool]],
) -> None:
    with transaction.atomic():
        one, two = (arrange(system, scene) for system in twins)
        for rooms in (one, two):
            rooms.book([rooms.to_book(None, asked)], NOW)
        count = len(one.seats)
        wanted = [
            (family, [n % count for n in some], whole) for family, some, whole in leaving if count
        ]
        if wanted:
            batch = [
                one.to_cancel(family, some, all_or_none=whole) for family, some, whole in wanted
            ]
            together = one.cancel(batch, NOW)
            singly = [
                two.cancel([two.to_cancel(family, some, all_or_none=whole)], NOW)[0]
                for family, some, whole in wanted
            ]
            assert together == singly
        assert_alike(one, two)
        transaction.set_rollback(True)
