"""A key that arrives twice at one instant takes effect once, and both hear the same (I-6)."""

from collections.abc import Callable
from typing import Any

from psycopg.errors import DeadlockDetected

from tests import asking, world
from tests.concurrency import doing
from tests.concurrency.meeting import altered, at_once, behind
from tests.world import NOW, Company, half_hours_ahead
from yueke.booking.models import Seat
from yueke.booking.orders import Order
from yueke.inventory import commands as inventory
from yueke.kernel.columns import documents, numbers, texts
from yueke.kernel.outcome import Answer
from yueke.kernel.refusal import Refusal
from yueke.kernel.transaction import Work
from yueke.notices.models import Event, RequestKey
from yueke.people.models import Learner
from yueke.wallet import commands as wallet
from yueke.wallet.models import Account

START = half_hours_ahead(count=100)
Move = Callable[..., Company]


def test_one_booking_asked_many_times_at_once_is_one_lesson_and_one_answer(
    company: Company,
) -> None:
    learner = world.add_learner(company=company)
    teacher = world.add_teacher(company=company, opens=[START])
    order = doing.order_to_book(learner=learner, teacher=teacher, starts_at=START)

    def ask() -> Answer[Any] | Refusal:
        return asking.book_orders(orders=[order], now=NOW)[0]

    answers = at_once(*[ask] * 6)
    assert [asking.codes_of(answer) for answer in answers] == [["done"]] * 6
    assert len({repr(answer.results) for answer in answers}) == 1
    assert [answer.replayed for answer in answers].count(False) == 1
    assert Seat.objects.count() == 1


def test_one_key_for_two_bodies_at_once_is_one_lesson_and_one_refusal(company: Company) -> None:
    orders = []
    lp = asking.staff_of(market_id=company.market_id)
    for _ in range(4):
        learner = world.add_learner(company=company)
        teacher = world.add_teacher(company=company, opens=[START])
        command = asking.to_book(learner=learner, teacher=teacher, starts_at=START)
        orders.append(asking.order_of(actor=lp, commands=[command], key="k"))

    def asks(order: Order[Any]) -> Callable[[], str]:
        def ask() -> str:
            [answer] = asking.book_orders(orders=[order], now=NOW)
            return answer.code if isinstance(answer, Refusal) else asking.codes_of(answer)[0]

        return ask

    answers = at_once(*(asks(order) for order in orders))
    assert sorted(answers) == ["done"] + ["request_key_reused"] * 3
    assert Seat.objects.count() == 1


def test_bookings_beside_one_that_was_answered_before_are_booked_and_that_one_is_not(
    company: Company,
) -> None:
    orders = []
    for _ in range(20):
        learner = world.add_learner(company=company)
        teacher = world.add_teacher(company=company, opens=[START])
        orders.append(doing.order_to_book(learner=learner, teacher=teacher, starts_at=START))
    [first] = asking.book_orders(orders=orders[7:8], now=NOW)
    answers = asking.book_orders(orders=orders, now=NOW)
    assert [asking.codes_of(answer) for answer in answers] == [["done"]] * 20
    assert isinstance(first, Answer)
    replayed = [answer for answer in answers if isinstance(answer, Answer) and answer.replayed]
    assert replayed == [Answer(first.results, replayed=True)]
    assert Seat.objects.count() == 20


def granting(learner: Learner) -> Callable[[], Answer[Any]]:
    """Return what grants credits under one key, whoever carries it out."""
    marketing = asking.staff_of(market_id=learner.market_id, channel="marketing")
    request = asking.request(actor=marketing, now=NOW, key="g", body="grant")
    return lambda: wallet.grant(request, learner_id=learner.id, asset="credit", amount=5)


def grant_twice(company: Company) -> tuple[tuple[Any, Any], Learner]:
    """Let two requests of one key both find no answer, and wait for the learner."""
    learner = world.add_learner(company=company, credit=0)
    held = f"SELECT 1 FROM learner WHERE id = {learner.id} FOR UPDATE"
    return behind(held, granting(learner), granting(learner)), learner


def test_one_grant_asked_twice_at_once_is_one_lot_and_one_answer(company: Company) -> None:
    (one, two), learner = grant_twice(company)
    assert one.results == two.results
    assert {one.replayed, two.replayed} == {True, False}
    assert Account.objects.get(learner_id=learner.id).balance == 5
    assert Event.objects.filter(kind="wallet.granted").count() == 1


def test_control_without_the_key_s_constraint_it_is_granted_twice(without: Move) -> None:
    (one, two), learner = grant_twice(without("request_key_pkey"))
    assert (one.replayed, two.replayed) == (False, False)
    assert Account.objects.filter(learner_id=learner.id).count() == 2


def test_one_release_asked_many_times_at_once_is_one_slot(company: Company) -> None:
    teacher = world.add_teacher(company=company)
    request = asking.request(actor=asking.teacher_of(teacher=teacher), now=NOW)
    answers = at_once(
        *[lambda: inventory.release_slots(request, teacher_id=teacher.id, starts=[START])] * 5
    )
    assert [asking.done(answer)[0].is_new for answer in answers] == [True] * 5
    assert Event.objects.filter(kind="slot.released").count() == 1


def shares(company: Company, keys: list[str]) -> list[Order[Any]]:
    """Return orders under some keys of one caller, each for a learner of its own."""
    lp = asking.staff_of(market_id=company.market_id)
    orders = []
    for key in keys:
        learner = world.add_learner(company=company)
        teacher = world.add_teacher(company=company, opens=[START])
        command = asking.to_book(learner=learner, teacher=teacher, starts_at=START)
        orders.append(asking.order_of(actor=lp, commands=[command], key=key))
    return orders


def holding(company: Company, key: str) -> str:
    """Return the statement that writes a key without committing."""
    lp = asking.staff_of(market_id=company.market_id)
    return (
        "INSERT INTO request_key (actor_kind, actor_id, key, body_hash, outcome, at)"
        f" VALUES ('user', {lp.id}, '{key}', '', '[]', now())"
    )


def test_two_lists_that_share_keys_in_opposite_order_do_not_deadlock(company: Company) -> None:
    one, two = shares(company, ["a", "m", "z"]), shares(company, ["z", "m", "a"])
    first, second = behind(
        holding(company, "m"),
        lambda: asking.book_orders(orders=one, now=NOW),
        lambda: asking.book_orders(orders=two, now=NOW),
    )
    answered = [*first, *second]
    assert sum(isinstance(answer, Answer) for answer in answered) == 3
    assert [a.code for a in answered if isinstance(a, Refusal)] == ["request_key_reused"] * 3
    assert RequestKey.objects.filter(key__in=["a", "m", "z"]).count() == 3


def test_control_keys_written_in_the_order_of_each_list_deadlock(company: Company) -> None:
    lp = asking.staff_of(market_id=company.market_id)

    def writes(keys: list[str]) -> Callable[[Work], None]:
        def operation(work: Work) -> None:
            rows = (texts("user" for _ in keys), numbers(lp.id for _ in keys), texts(keys))
            rest = (texts("00" for _ in keys), documents("[]" for _ in keys))
            work.run("yueke.notices", "remember", (NOW, *rows, *rest))

        return operation

    outcomes = behind(
        holding(company, "m"), altered(writes(["a", "m", "z"])), altered(writes(["z", "m", "a"]))
    )
    assert any(isinstance(one, DeadlockDetected) for one in outcomes)
