"""Slots are taken back, kept for a target, and removed when their reservation is over."""

from datetime import datetime, timedelta

import pytest

from tests import asking, snapshot, world
from tests.world import NOW, Company, half_hours_ahead
from yueke.cli.bench.statements import counted
from yueke.inventory import commands
from yueke.inventory.models import Slot
from yueke.inventory.orders import Target, Targeted, Withdrawn
from yueke.inventory.rules.offer import SLOTS_PER_COMMAND_MAX
from yueke.kernel.actor import Actor
from yueke.notices.models import Event
from yueke.people.models import Teacher

OPEN, BOOKED, HELD, MISSING = (half_hours_ahead(count=n) for n in range(4, 8))
TOO_MANY = [half_hours_ahead(count=n) for n in range(1, SLOTS_PER_COMMAND_MAX + 2)]


@pytest.fixture
def emma(cn: Company) -> Teacher:
    """Return a teacher with a slot in each state."""
    teacher = world.add_teacher(company=cn, opens=[OPEN, BOOKED, HELD])
    world.hold_slot(teacher=teacher, starts_at=HELD)
    learner = world.add_learner(company=cn)
    command = asking.to_book(learner=learner, teacher=teacher, starts_at=BOOKED)
    asking.book_one(actor=asking.staff_of(market_id=cn.market_id), command=command, now=NOW)
    return teacher


@pytest.fixture
def herself(emma: Teacher) -> Actor:
    """Return the teacher's own login."""
    return asking.teacher_of(teacher=emma)


def withdraw(actor: Actor, teacher: Teacher, *starts: datetime) -> list[object]:
    """Withdraw half-hours of a teacher; return the results."""
    asked = asking.request(actor=actor, now=NOW)
    return list(commands.withdraw_slots(asked, teacher_id=teacher.id, starts=starts).results)


def target(
    actor: Actor,
    teacher: Teacher,
    *starts: datetime,
    at: Target | None,
    until: datetime | None = None,
) -> list[object]:
    """Target half-hours of a teacher; return the results."""
    asked = asking.request(actor=actor, now=NOW)
    return list(
        commands.target_slots(
            asked, teacher_id=teacher.id, starts=starts, target=at, reserved_until=until
        ).results
    )


def test_an_open_slot_is_taken_back(emma: Teacher, herself: Actor) -> None:
    before = snapshot.take()
    assert withdraw(herself, emma, OPEN) == [Withdrawn(OPEN)]
    assert snapshot.changes(before) == {"slot": (0, 1), "event": (1, 0), "request_key": (1, 0)}
    assert not Slot.objects.filter(starts_at=OPEN).exists()
    event = Event.objects.get(kind="slot.withdrawn")
    assert (event.teacher_id, event.starts_at, event.channel) == (emma.id, OPEN, "teachers")


@pytest.mark.parametrize(
    ("start", "code"),
    [(BOOKED, "slot_already_taken"), (HELD, "slot_not_open"), (MISSING, "slot_not_open")],
)
def test_a_slot_that_is_not_open_is_neither_withdrawn_nor_targeted(
    emma: Teacher, herself: Actor, start: datetime, code: str
) -> None:
    before = snapshot.take()
    assert asking.codes(withdraw(herself, emma, start)) == [code]
    at = Target("student", 1)
    assert asking.codes(target(herself, emma, start, at=at)) == [code]
    assert snapshot.changes(before) == {"request_key": (2, 0)}


def test_results_stand_in_the_order_asked_and_one_refusal_stops_no_other(
    emma: Teacher, herself: Actor
) -> None:
    assert asking.codes(withdraw(herself, emma, BOOKED, OPEN)) == ["slot_already_taken", "done"]


def test_other_teachers_channels_markets_and_counts_are_refused(
    cn: Company, us: Company, emma: Teacher, herself: Actor
) -> None:
    colleague = asking.teacher_of(teacher=world.add_teacher(company=cn))
    abroad = asking.staff_of(market_id=us.market_id, channel="international")
    parents = asking.parent_of(family=world.add_family(company=cn))
    before = snapshot.take()
    at = Target("student", 1)
    for actor, code in [
        (colleague, "teacher_not_found"),
        (abroad, "teacher_not_found"),
        (parents, "channel_may_not"),
    ]:
        assert asking.codes(withdraw(actor, emma, OPEN)) == [code]
    assert asking.codes(target(colleague, emma, OPEN, at=at)) == ["teacher_not_found"]
    assert asking.codes(target(parents, emma, OPEN, at=at)) == ["channel_may_not"]
    assert asking.codes(target(parents, emma, OPEN, at=None)) == ["channel_may_not"]
    assert asking.codes(withdraw(herself, emma, *TOO_MANY)) == ["too_many_slots"]
    assert asking.codes(target(herself, emma, *TOO_MANY, at=at)) == ["too_many_slots"]
    assert set(snapshot.changes(before)) == {"request_key"}


def test_a_slot_is_kept_for_a_learner_and_given_back_to_all(emma: Teacher, herself: Actor) -> None:
    until = NOW + timedelta(hours=1)
    before = snapshot.take()
    results = target(herself, emma, OPEN, at=Target("student", 5), until=until)
    assert results == [Targeted(OPEN, "student", 5)]
    assert snapshot.changes(before) == {"slot": (1, 1), "event": (1, 0), "request_key": (1, 0)}
    slot = Slot.objects.get(starts_at=OPEN)
    assert (slot.target_kind, slot.target_id, slot.reserved_until) == ("student", 5, until)
    assert Event.objects.get(kind="slot.targeted").data == {"target": "student", "target_id": 5}
    assert target(herself, emma, OPEN, at=None) == [Targeted(OPEN, None, None)]
    slot.refresh_from_db()
    assert (slot.target_kind, slot.target_id, slot.reserved_until) == (None, None, None)


def test_a_reservation_is_for_somebody_and_ends_later(
    cn: Company, emma: Teacher, herself: Actor
) -> None:
    later, student = NOW + timedelta(hours=1), Target("student", 5)
    before = snapshot.take()
    product = Target("product", cn.products["special"].id)
    # Or whoever may not withdraw would have the timer do it.
    international = asking.staff_of(market_id=cn.market_id, channel="international")
    for actor, at in ((herself, student), (international, product)):
        codes = asking.codes(target(actor, emma, OPEN, at=None, until=later))
        assert codes == ["reservation_without_target"]
        assert asking.codes(target(actor, emma, OPEN, at=at, until=NOW)) == ["time_in_past"]
    assert snapshot.changes(before) == {"request_key": (4, 0)}


def test_a_slot_kept_for_a_product_is_changed_only_by_who_may_target_products(
    cn: Company, emma: Teacher, herself: Actor
) -> None:
    international = asking.staff_of(market_id=cn.market_id, channel="international")
    special = Target("product", cn.products["special"].id)
    assert asking.codes(target(international, emma, OPEN, at=special)) == ["done"]
    before = snapshot.take()
    assert asking.codes(target(herself, emma, OPEN, at=None)) == ["channel_may_not"]
    assert asking.codes(target(herself, emma, OPEN, at=Target("student", 5))) == ["channel_may_not"]
    # Taken back, it could be offered to anyone.
    assert asking.codes(withdraw(herself, emma, OPEN)) == ["channel_may_not"]
    assert snapshot.changes(before) == {"request_key": (3, 0)}
    assert asking.codes(target(international, emma, OPEN, at=None)) == ["done"]
    assert asking.codes(withdraw(herself, emma, OPEN)) == ["done"]


def test_each_takes_back_what_they_may_offer(cn: Company, emma: Teacher, herself: Actor) -> None:
    international = asking.staff_of(market_id=cn.market_id, channel="international")
    assert asking.codes(withdraw(international, emma, OPEN)) == ["channel_may_not"]
    special = Target("product", cn.products["special"].id)
    assert asking.codes(target(international, emma, OPEN, at=special)) == ["done"]
    assert asking.codes(withdraw(international, emma, OPEN)) == ["done"]
    world.open_slots(company=cn, teacher=emma, starts=[OPEN], target=Target("student", 5))
    assert asking.codes(withdraw(international, emma, OPEN)) == ["channel_may_not"]
    assert asking.codes(withdraw(herself, emma, OPEN)) == ["done"]


def test_a_reservation_that_is_over_takes_its_slot_with_it(emma: Teacher, herself: Actor) -> None:
    until = NOW + timedelta(hours=1)
    target(herself, emma, OPEN, at=Target("student", 5), until=until)
    before = snapshot.take()
    assert commands.expire_reservations(now=until - timedelta(microseconds=1)) == 0
    assert snapshot.changes(before) == {}
    assert commands.expire_reservations(now=until) == 1
    assert snapshot.changes(before) == {"slot": (0, 1), "event": (1, 0)}
    event = Event.objects.get(kind="slot.reservation_expired")
    assert (event.channel, event.actor_kind, event.teacher_id) == ("system", "job", emma.id)
    assert (event.starts_at, event.data) == (OPEN, {"target": "student", "target_id": 5})
    assert commands.expire_reservations(now=until) == 0


def test_a_reservation_waits_while_it_is_booked_and_counts_again_when_it_is_left(
    cn: Company,
) -> None:
    learner = world.add_learner(company=cn)
    teacher = world.add_teacher(company=cn)
    until = NOW + timedelta(hours=1)
    world.open_slots(
        company=cn,
        teacher=teacher,
        starts=[OPEN],
        target=Target("student", learner.id),
        reserved_until=until,
    )
    command = asking.to_book(learner=learner, teacher=teacher, starts_at=OPEN)
    parent = asking.parent_of(family=learner.family)
    booked = asking.book_one(actor=parent, command=command, now=NOW)
    assert commands.expire_reservations(now=until) == 0
    asking.cancel(actor=parent, seats=[booked.seat_id], now=until)
    slot = Slot.objects.get()
    assert (slot.state, slot.target_id, slot.reserved_until) == ("open", learner.id, until)
    assert commands.expire_reservations(now=until) == 1
    assert not Slot.objects.exists()


def test_many_reservations_expire_in_slices_and_in_as_many_statements_as_few(cn: Company) -> None:
    starts = [half_hours_ahead(count=n) for n in range(10, 18)]
    until = NOW + timedelta(hours=1)
    teacher = world.add_teacher(company=cn)
    world.open_slots(
        company=cn,
        teacher=teacher,
        starts=starts,
        target=Target("student", 5),
        reserved_until=until,
    )
    statements = []
    for expected in (5, 3, 0):
        with counted() as seen:
            assert commands.expire_reservations(now=until, limit=5) == expected
        statements.append(len(seen))
    assert statements[0] == statements[1]
    events = Event.objects.filter(kind="slot.reservation_expired")
    assert set(events.values_list("starts_at", flat=True)) == set(starts)


def test_reservations_expire_in_every_market_each_in_its_own_log(cn: Company, us: Company) -> None:
    until = NOW + timedelta(hours=1)
    for company in (cn, us):
        world.open_slots(
            company=company,
            teacher=world.add_teacher(company=company),
            starts=[OPEN, HELD],
            target=Target("student", 5),
            reserved_until=until,
        )
    assert commands.expire_reservations(now=until) == 4
    events = Event.objects.filter(kind="slot.reservation_expired")
    assert sorted(events.values_list("market_id", flat=True)) == sorted(
        [cn.market_id, cn.market_id, us.market_id, us.market_id]
    )
