"""One learner is in one place (I-2), and one credit pays for one lesson (I-4), whoever asks."""

from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial

import pytest
from django.db import IntegrityError

from tests import asking, world
from tests.concurrency import doing
from tests.concurrency.doing import NO_LEARNER_LOCK, Act
from tests.concurrency.meeting import Changes, at_once, behind, overtaken
from tests.world import NOW, Company, half_hours_ahead
from yueke.booking.models import Seat
from yueke.people.models import Learner
from yueke.wallet import commands as wallet
from yueke.wallet.models import Account

START = half_hours_ahead(count=100)
OTHER = half_hours_ahead(count=110)
HOUR = timedelta(hours=1)
Move = Callable[..., Company]


def both(company: Company, learner: Learner, *starts: datetime) -> list[tuple[Act, ...]]:
    """Return bookings with a teacher each: as they are, stopped, and stopped without the lock."""
    kinds: list[tuple[Act, ...]] = []
    for starts_at in starts:
        teacher = world.add_teacher(company=company, opens=[starts_at])
        which = {"learner": learner, "teacher": teacher, "starts_at": starts_at}
        stopped: Callable[..., Act] = partial(doing.stopped_booking, **which)  # type: ignore[arg-type]
        plain = doing.booking(learner=learner, teacher=teacher, starts_at=starts_at)
        kinds.append((plain, stopped(), stopped(changes=NO_LEARNER_LOCK)))
    return list(zip(*kinds, strict=True))


def test_two_teachers_at_one_time_are_one_lesson(company: Company) -> None:
    learner = world.add_learner(company=company)
    plain, _, _ = both(company, learner, *[START] * 6)
    assert sorted(at_once(*plain)) == [["done"]] + [["learner_busy"]] * 5


def test_who_books_the_learner_a_second_time_waits_for_the_first(company: Company) -> None:
    learner = world.add_learner(company=company)
    _, stopped, _ = both(company, learner, START, START)
    assert overtaken(*stopped) == (["done"], ["learner_busy"])


def test_control_without_the_lock_the_constraint_still_stops_the_second(company: Company) -> None:
    learner = world.add_learner(company=company)
    _, _, unlocked = both(company, learner, START, START)
    outcomes = overtaken(*unlocked)
    assert sorted(type(one).__name__ for one in outcomes) == ["UniqueViolation", "list"]
    assert "seat_cell_pkey" in str(outcomes)
    assert Seat.objects.count() == 1


@pytest.mark.parametrize("order", [(0, 1), (1, 0)])
def test_control_without_lock_and_constraint_the_learner_is_in_two_places(
    without: Move, order: tuple[int, int]
) -> None:
    company = without("seat_cell_pkey")
    learner = world.add_learner(company=company)
    _, _, unlocked = both(company, learner, START, START)
    assert overtaken(*(unlocked[n] for n in order)) == (["done"], ["done"])
    assert Seat.objects.filter(learner_id=learner.id, starts_at=START).count() == 2


def test_one_credit_pays_for_one_of_many_lessons(company: Company) -> None:
    learner = world.add_learner(company=company, credit=1)
    plain, _, _ = both(company, learner, *[half_hours_ahead(count=n) for n in range(100, 106)])
    assert sorted(at_once(*plain)) == [["balance_too_low"]] * 5 + [["done"]]
    assert Account.objects.get(learner_id=learner.id).balance == 0


def test_who_spends_the_last_credit_second_waits_and_finds_it_gone(company: Company) -> None:
    learner = world.add_learner(company=company, credit=1)
    _, stopped, _ = both(company, learner, START, OTHER)
    assert overtaken(*stopped) == (["done"], ["balance_too_low"])


def test_control_without_the_lock_the_constraint_still_keeps_the_balance(company: Company) -> None:
    learner = world.add_learner(company=company, credit=1)
    _, _, unlocked = both(company, learner, START, OTHER)
    outcomes = overtaken(*unlocked)
    assert sorted(type(one).__name__ for one in outcomes) == ["CheckViolation", "list"]
    assert "account_balance_not_negative" in str(outcomes)
    assert Account.objects.get(learner_id=learner.id).balance == 0


def test_control_without_lock_and_constraint_one_credit_pays_twice(without: Move) -> None:
    company = without("account_balance_not_negative")
    learner = world.add_learner(company=company, credit=1)
    _, _, unlocked = both(company, learner, START, OTHER)
    assert overtaken(*unlocked) == (["done"], ["done"])
    assert Account.objects.get(learner_id=learner.id).balance == -1


def granting(learner: Learner) -> Act:
    """Return what grants a credit."""
    marketing = asking.staff_of(market_id=learner.market_id, channel="marketing")
    request = asking.request(actor=marketing, now=NOW)
    return lambda: asking.codes_of(
        wallet.grant(request, learner_id=learner.id, asset="credit", amount=1)
    )


def grant_then_book(company: Company, changes: Changes | None) -> tuple[list[str], list[str]]:
    """Let a booking come while a grant holds the learner and has written its entry but for one."""
    learner = world.add_learner(company=company, credit=0)
    teacher = world.add_teacher(company=company, opens=[START])
    booking = doing.stopped_booking(
        learner=learner, teacher=teacher, starts_at=START, changes=changes
    )
    return behind("LOCK TABLE transfer IN SHARE MODE", granting(learner), booking)


def test_a_booking_waits_for_the_grant_that_pays_for_it(company: Company) -> None:
    assert grant_then_book(company, None) == (["done"], ["done"])


def test_control_without_the_lock_a_booking_does_not_see_the_grant(company: Company) -> None:
    assert grant_then_book(company, NO_LEARNER_LOCK) == (["done"], ["balance_too_low"])


def expiring() -> int:
    """Take what is left of lots, an hour later."""
    try:
        return wallet.expire_lots(now=NOW + HOUR)
    except IntegrityError:
        return -1


def book_then_expire(company: Company, changes: Changes | None) -> tuple[object, object]:
    """Let a lot's end come while it is being spent."""
    learner = world.add_learner(company=company, credit=0)
    world.add_lot(company=company, learner=learner, amount=1, expires_in=HOUR)
    teacher = world.add_teacher(company=company, opens=[START])
    booking = doing.stopped_booking(
        learner=learner, teacher=teacher, starts_at=START, changes=changes
    )
    return overtaken(booking, expiring)


def test_a_credit_that_is_being_spent_does_not_expire(company: Company) -> None:
    assert book_then_expire(company, None) == (["done"], 0)
    assert Account.objects.get(role="lot").balance == 0


def test_control_without_lock_and_constraint_a_credit_is_spent_and_expires(without: Move) -> None:
    company = without("account_balance_not_negative")
    assert book_then_expire(company, NO_LEARNER_LOCK) == (["done"], 1)
    assert Account.objects.get(role="lot").balance == -1
