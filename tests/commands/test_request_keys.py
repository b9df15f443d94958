"""A command takes effect once for its key, and its answer is the same each time (I-6)."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, time, timedelta
from typing import Any

import pytest

from tests import asking, snapshot, world
from tests.world import NOW, Company, half_hours_ahead
from yueke.booking.orders import Booked, CancelSeat, Order
from yueke.inventory import commands as inventory
from yueke.inventory.orders import Target
from yueke.inventory.rules.pattern import Stretch
from yueke.kernel.actor import Actor
from yueke.kernel.grid import HALF_HOUR
from yueke.kernel.outcome import Answer
from yueke.kernel.refusal import Refusal
from yueke.notices.once import Request
from yueke.notices.refusals import RequestKeyReused
from yueke.people import commands as people
from yueke.people.models import Learner, Teacher
from yueke.people.refusals import KeyUnknown
from yueke.wallet import commands as wallet

START = half_hours_ahead(count=100)
NEXT = START + HALF_HOUR
LATER = NOW + timedelta(hours=1)


@pytest.fixture
def learner(cn: Company) -> Learner:
    """Return a learner with ten credits."""
    return world.add_learner(company=cn)


@pytest.fixture
def emma(cn: Company) -> Teacher:
    """Return a teacher with two open half-hours."""
    return world.add_teacher(company=cn, opens=[START, NEXT])


@pytest.fixture
def parent(learner: Learner) -> Actor:
    """Return the family's login."""
    return asking.parent_of(family=learner.family)


Ask = Callable[[Request, Teacher, Learner], Answer[Any]]
COMMANDS: dict[str, tuple[str, Ask]] = {
    "release": (
        "teachers",
        lambda r, t, _: inventory.release_slots(r, teacher_id=t.id, starts=[NEXT + HALF_HOUR, NOW]),
    ),
    "release_refused": (
        "lp",
        lambda r, t, _: inventory.release_slots(r, teacher_id=t.id, starts=[NEXT]),
    ),
    "pattern": (
        "teachers",
        lambda r, t, _: inventory.release_pattern(
            r,
            teacher_id=t.id,
            stretches=[Stretch(1, time(9, 0), time(10, 0))],
            first=date(2026, 3, 2),
            last=date(2026, 3, 9),
        ),
    ),
    "withdraw": (
        "teachers",
        lambda r, t, _: inventory.withdraw_slots(r, teacher_id=t.id, starts=[START, LATER]),
    ),
    "target": (
        "teachers",
        lambda r, t, n: inventory.target_slots(
            r, teacher_id=t.id, starts=[START], target=Target("student", n.id)
        ),
    ),
    "grant": (
        "marketing",
        lambda r, _, n: wallet.grant(r, learner_id=n.id, asset="stone", amount=30),
    ),
    "grant_refused": (
        "marketing",
        lambda r, _, n: wallet.grant(r, learner_id=n.id, asset="stone", amount=0),
    ),
}


@pytest.mark.parametrize(("channel", "ask"), COMMANDS.values(), ids=COMMANDS)
def test_the_same_request_is_answered_as_before_and_has_no_second_effect(
    cn: Company, learner: Learner, emma: Teacher, channel: str, ask: Ask
) -> None:
    actor = asking.staff_of(market_id=cn.market_id, channel=channel)
    first = asking.request(actor=actor, now=NOW, body="asked")
    answer = ask(first, emma, learner)
    assert not answer.replayed
    before = snapshot.take()
    # Later, when the rules might say something else.
    again = ask(replace(first, now=LATER), emma, learner)
    assert again.replayed
    assert again.results == answer.results
    assert snapshot.changes(before) == {}
    other_body = asking.request(actor=actor, now=NOW, key=first.key, body="something else")
    with pytest.raises(RequestKeyReused):
        ask(other_body, emma, learner)
    assert snapshot.changes(before) == {}


def order(parent: Actor, learner: Learner, teacher: Teacher, key: str) -> Order[Any]:
    """Return an order of one lesson that can be booked and one that cannot."""
    command = asking.to_book(learner=learner, teacher=teacher, starts_at=START)
    return asking.order_of(actor=parent, commands=[command, command], key=key)


def book(*orders: Order[Any]) -> list[Answer[Booked] | Refusal]:
    """Carry out orders in one call."""
    return asking.book_orders(orders=orders, now=NOW)


def test_a_booking_asked_again_is_answered_as_before(
    learner: Learner, emma: Teacher, parent: Actor
) -> None:
    [answer] = book(order(parent, learner, emma, "k"))
    assert isinstance(answer, Answer)
    assert asking.codes(answer.results) == ["done", "slot_already_taken"]
    before = snapshot.take()
    [again] = book(order(parent, learner, emma, "k"))
    assert again == Answer(answer.results, replayed=True)
    assert snapshot.changes(before) == {}


def test_a_refused_booking_asked_again_is_refused_even_when_it_could_be_booked_by_then(
    cn: Company, learner: Learner, parent: Actor
) -> None:
    teacher = world.add_teacher(company=cn)
    command = asking.to_book(learner=learner, teacher=teacher, starts_at=START)
    refused = asking.book(actor=parent, commands=[command], now=NOW, key="k")
    world.open_slots(company=cn, teacher=teacher, starts=[START])
    assert asking.book(actor=parent, commands=[command], now=NOW, key="k") == refused
    assert asking.codes(asking.book(actor=parent, commands=[command], now=NOW)) == ["done"]


def test_a_key_used_for_another_body_is_refused(
    learner: Learner, emma: Teacher, parent: Actor
) -> None:
    book(order(parent, learner, emma, "k"))
    other = asking.to_book(learner=learner, teacher=emma, starts_at=NEXT)
    before = snapshot.take()
    answers = book(asking.order_of(actor=parent, commands=[other], key="k"))
    assert answers == [RequestKeyReused("k")]
    assert snapshot.changes(before) == {}


def test_a_key_that_two_orders_of_one_call_share_takes_effect_once(
    learner: Learner, emma: Teacher, parent: Actor
) -> None:
    other = asking.to_book(learner=learner, teacher=emma, starts_at=NEXT)
    first, same, reused = book(
        order(parent, learner, emma, "k"),
        order(parent, learner, emma, "k"),
        asking.order_of(actor=parent, commands=[other], key="k"),
    )
    assert isinstance(first, Answer)
    assert same == Answer(first.results, replayed=True)
    assert reused == RequestKeyReused("k")


def test_a_key_is_its_owner_s_alone(
    cn: Company, learner: Learner, emma: Teacher, parent: Actor
) -> None:
    other = world.add_learner(company=cn)
    theirs = asking.parent_of(family=other.family)
    command = asking.to_book(learner=other, teacher=emma, starts_at=NEXT)
    one, two = book(
        order(parent, learner, emma, "k"),
        asking.order_of(actor=theirs, commands=[command], key="k"),
    )
    assert asking.codes_of(one) == ["done", "slot_already_taken"]
    assert asking.codes_of(two) == ["done"]


def test_a_key_is_shared_by_all_commands_of_its_owner(
    learner: Learner, emma: Teacher, parent: Actor
) -> None:
    book(order(parent, learner, emma, "k"))
    seat = CancelSeat(1)
    asked = asking.order_of(actor=parent, commands=[seat], key="k")
    answers = asking.cancel_orders(orders=[asked], now=NOW)
    assert answers == [RequestKeyReused("k")]


def test_a_cancellation_asked_again_is_answered_as_before(
    learner: Learner, emma: Teacher, parent: Actor
) -> None:
    command = asking.to_book(learner=learner, teacher=emma, starts_at=START)
    booked = asking.book_one(actor=parent, command=command, now=NOW)
    results = asking.cancel(actor=parent, seats=[booked.seat_id], now=NOW, key="c")
    before = snapshot.take()
    again = asking.cancel(actor=parent, seats=[booked.seat_id], now=START, key="c")
    assert again == results
    assert asking.codes(again) == ["done"]
    assert snapshot.changes(before) == {}


def test_a_revoked_api_key_books_and_cancels_nothing_even_what_it_booked_before(
    cn: Company, learner: Learner, emma: Teacher
) -> None:
    boss = Actor(cn.market_id, "job", 0, "system")
    row, _ = people.create_api_key(actor=boss, now=NOW, channel="lp")
    system = Actor(cn.market_id, "key", row.id, "lp")
    book(order(system, learner, emma, "k"))
    people.revoke_api_key(actor=boss, now=NOW, key_id=row.id)
    before = snapshot.take()
    replayed = order(system, learner, emma, "k")
    fresh = order(system, learner, emma, "another")
    assert book(replayed, fresh) == [KeyUnknown(), KeyUnknown()]
    cancel = asking.order_of(actor=system, commands=[CancelSeat(1)])
    [answer] = asking.cancel_orders(orders=[cancel], now=NOW)
    assert answer == KeyUnknown()
    assert snapshot.changes(before) == {}
