"""`yueke verify` finds what breaks a law, and nothing where all hold."""

from collections.abc import Callable

import pytest
from django.db import connection

from tests import asking, world
from tests.served import transactional_db
from tests.world import NOW, Company, half_hours_ahead
from yueke.booking import places
from yueke.booking.models import Lesson, Seat
from yueke.cli.verify import laws
from yueke.notices.models import Event, RequestKey

__all__ = ["transactional_db"]
FIRST, SECOND = half_hours_ahead(count=100), half_hours_ahead(count=101)
Tamper = Callable[[Company], object]


@pytest.fixture
def cn(transactional_db: None) -> Company:
    """Return a company with a grant, a lesson, a cancelled lesson and an open half-hour."""
    company = world.open_company()
    learner = world.add_learner(company=company)
    teacher = world.add_teacher(company=company, opens=[FIRST, SECOND])
    lp = asking.staff_of(market_id=company.market_id)
    for start in (FIRST, SECOND):
        command = asking.to_book(learner=learner, teacher=teacher, starts_at=start)
        booked = asking.book_one(actor=lp, command=command, now=NOW)
    asking.cancel(actor=lp, seats=[booked.seat_id], now=NOW)
    return company


def answered_again(path: str) -> Tamper:
    """Return what lets the answer that has a certain fact be that of another key too."""

    def tamper(_: Company) -> None:
        [row] = [row for row in RequestKey.objects.all() if path in row.outcome[0]]
        RequestKey.objects.create(
            actor_kind="key", actor_id=1, key="b", body_hash=b"", outcome=row.outcome, at=NOW
        )

    return tamper


def without(table: str) -> Tamper:
    """Return what takes all rows out of a table."""

    def tamper(_: Company) -> None:
        with connection.cursor() as cursor:
            cursor.execute(f"DELETE FROM {table}")

    return tamper


def broken_laws() -> list[str]:
    """Return the laws that are broken."""
    return [found.law.id for found in laws.check(now=NOW) if found.broken]


def test_where_all_holds_nothing_is_found(cn: Company) -> None:
    assert [(found.broken, found.rows) for found in laws.check(now=NOW)] == [(0, [])] * 9


@pytest.mark.parametrize("fact", ["lot_id", "refunded"])
def test_i_6_a_grant_or_refund_under_two_keys_is_found(cn: Company, fact: str) -> None:
    answered_again(fact)(cn)
    assert broken_laws() == ["I-6"]


def test_i_6_an_answer_that_has_no_effect_is_found(cn: Company) -> None:
    without("transfer")(cn)
    without("account WHERE role = 'lot'")(cn)
    assert "I-6" in broken_laws()


@pytest.mark.parametrize(
    "kind", ["slot.released", "lesson.booked", "lesson.cancelled", "wallet.granted"]
)
def test_i_9_a_change_without_its_event_is_found(cn: Company, kind: str) -> None:
    Event.objects.filter(kind=kind).delete()
    assert broken_laws() == ["I-9"]


def test_i_9_a_lesson_kept_without_a_learner_and_without_a_reason_is_found(cn: Company) -> None:
    lesson = Lesson.objects.get(state="booked")
    seat = Seat.objects.get(lesson_id=lesson.id)
    tmk = asking.staff_of(market_id=cn.market_id, channel="tmk")
    places.fake_cancel(asking.request(actor=tmk, now=NOW), seat_id=seat.id)
    assert broken_laws() == []
    Event.objects.filter(kind="lesson.fake_cancelled").update(kind="lesson.cancelled")
    assert broken_laws() == ["I-9"]
