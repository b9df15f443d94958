"""What is run again and again is prepared, and a booking waits for the database twice."""

import psycopg
import pytest
from django.db import connection
from psycopg.errors import CheckViolation

from tests import asking, snapshot, world
from tests.world import NOW, Company, half_hours_ahead
from yueke.booking.orders import Booked
from yueke.cli.bench.statements import counted
from yueke.curriculum.models import Product
from yueke.inventory.models import Slot
from yueke.kernel.grid import HALF_HOUR
from yueke.people.models import Learner

START = half_hours_ahead(count=100)


@pytest.fixture
def learner(cn: Company) -> Learner:
    """Return a learner with ten credits."""
    return world.add_learner(company=cn)


def test_the_statements_of_a_booking_are_prepared(cn: Company, learner: Learner) -> None:
    teacher = world.add_teacher(company=cn, opens=[START])
    actor = asking.parent_of(family=learner.family)
    command = asking.to_book(learner=learner, teacher=teacher, starts_at=START)
    assert isinstance(asking.book_one(actor=actor, command=command, now=NOW), Booked)
    with connection.cursor() as cursor:
        cursor.execute("SELECT statement FROM pg_prepared_statements")
        prepared = " ".join(row[0] for row in cursor.fetchall())
    for table in ("slot", "lesson", "seat", "event", "transfer"):
        assert f"INTO {table} " in prepared or f"UPDATE {table} " in prepared


def test_a_lesson_that_has_become_longer_takes_all_its_time(cn: Company, learner: Learner) -> None:
    """The catalogue as it was last read says what to lock, but not what to book."""
    later = START + 4 * HALF_HOUR
    opens = [START, later, later + HALF_HOUR]
    teacher = world.add_teacher(company=cn, opens=opens)
    actor = asking.parent_of(family=learner.family)
    first = asking.to_book(learner=learner, teacher=teacher, starts_at=START)
    assert isinstance(asking.book_one(actor=actor, command=first, now=NOW), Booked)
    Product.objects.filter(code="major").update(cells=2)
    second = asking.to_book(learner=learner, teacher=teacher, starts_at=later)
    assert isinstance(asking.book_one(actor=actor, command=second, now=NOW), Booked)
    taken = Slot.objects.filter(teacher_id=teacher.id, state="booked").values_list(
        "starts_at", flat=True
    )
    assert sorted(taken) == opens


@pytest.mark.django_db(transaction=True)
def test_what_a_booking_sends_without_waiting_is_counted(cn: Company, learner: Learner) -> None:
    later = START + HALF_HOUR
    teacher = world.add_teacher(company=cn, opens=[START, later])
    actor = asking.parent_of(family=learner.family)
    first = asking.to_book(learner=learner, teacher=teacher, starts_at=START)
    command = asking.to_book(learner=learner, teacher=teacher, starts_at=later)
    # Who comes first may have to find that the server has forgotten its statements, and try again.
    asking.book_one(actor=actor, command=first, now=NOW)
    with counted() as statements:
        asking.book_one(actor=actor, command=command, now=NOW)
    assert (statements.count("BEGIN"), statements.count("COMMIT")) == (1, 1)
    assert any("INTO seat " in one for one in statements)
    seen = list(statements)
    Product.objects.count()
    assert statements == seen


@pytest.mark.django_db(transaction=True)
def test_a_write_that_fails_at_the_end_leaves_nothing_and_a_good_connection(
    cn: Company, learner: Learner
) -> None:
    teacher = world.add_teacher(company=cn, opens=[START])
    actor = asking.parent_of(family=learner.family)
    command = asking.to_book(learner=learner, teacher=teacher, starts_at=START)
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE event ADD CONSTRAINT no_reason CHECK (reason = '')")
    before = snapshot.take()
    because = asking.to_book(learner=learner, teacher=teacher, starts_at=START, reason="because")
    try:
        with pytest.raises(CheckViolation):
            asking.book_one(actor=actor, command=because, now=NOW)
        assert snapshot.changes(before) == {}
        assert isinstance(asking.book_one(actor=actor, command=command, now=NOW), Booked)
    finally:
        with connection.cursor() as cursor:
            cursor.execute("ALTER TABLE event DROP CONSTRAINT no_reason")


@pytest.mark.django_db(transaction=True)
def test_a_connection_that_died_while_idle_is_replaced(cn: Company, learner: Learner) -> None:
    teacher = world.add_teacher(company=cn, opens=[START])
    actor = asking.parent_of(family=learner.family)
    command = asking.to_book(learner=learner, teacher=teacher, starts_at=START)
    connection.ensure_connection()
    address = connection.get_connection_params()
    given = {name: address[name] for name in ("host", "port", "user", "dbname") if name in address}
    with psycopg.connect(**given, autocommit=True) as other:
        killed = connection.connection.info.backend_pid
        other.execute("SELECT pg_terminate_backend(%s, 5000)", [killed])
    assert isinstance(asking.book_one(actor=actor, command=command, now=NOW), Booked)
