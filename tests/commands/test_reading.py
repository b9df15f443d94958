"""Questions outside a transaction go by libpq alone, whatever became of the connection."""

from dataclasses import dataclass
from datetime import datetime

import psycopg
import pytest
from django.db import connection, transaction

from tests import asking, world
from tests.world import NOW, Company, half_hours_ahead
from yueke.api.hot import reconnect
from yueke.booking import queries as booking
from yueke.booking.queries import Search
from yueke.kernel.transaction import Question, read

pytestmark = pytest.mark.django_db(transaction=True)
START = half_hours_ahead(count=4)
# A question with a market that is no number.
OFF = {
    "market_id": "none",
    "starts": "{}",
    "skills": "{}",
    "tags": "{}",
    "learner_id": 1,
    "product_id": 1,
    "now": NOW,
    "cells": 1,
    "count_up_to": 1,
}


@dataclass
class HalfHour:
    """A half-hour at which anybody is free."""

    starts_at: datetime


def found(company: Company) -> list[str]:
    """Return the names of those who are free."""
    lp = asking.staff_of(market_id=company.market_id)
    learner = world.add_learner(company=company)
    search = Search(learner.id, "major", START, half_hours_ahead(count=5))
    found = reconnect.read(booking.find_teachers, actor=lp, now=NOW, search=search)
    return [one.name for one in found]


def test_statements_that_the_server_forgot_are_prepared_again(cn: Company) -> None:
    world.add_teacher(company=cn, opens=[START])
    assert found(cn) == ["Emma"]
    with connection.cursor() as cursor:
        cursor.execute("DEALLOCATE ALL")
    assert found(cn) == ["Emma"]


def test_another_connection_is_taken_when_one_has_died(cn: Company) -> None:
    world.add_teacher(company=cn, opens=[START])
    learner = world.add_learner(company=cn)
    lp = asking.staff_of(market_id=cn.market_id)
    search = Search(learner.id, "major", START, half_hours_ahead(count=5))
    address = connection.get_connection_params()
    given = {name: address[name] for name in ("host", "port", "user", "dbname") if name in address}
    with psycopg.connect(**given, autocommit=True) as other:
        killed = connection.connection.info.backend_pid
        other.execute("SELECT pg_terminate_backend(%s, 5000)", [killed])
    with pytest.raises(psycopg.OperationalError):
        booking.find_teachers(actor=lp, now=NOW, search=search)
    [emma] = reconnect.read(booking.find_teachers, actor=lp, now=NOW, search=search)
    assert emma.name == "Emma"


def test_what_the_server_refuses_is_raised(cn: Company) -> None:
    question = Question("yueke.inventory", "find_half_hours", OFF, HalfHour)
    with read() as work, pytest.raises(psycopg.errors.InvalidTextRepresentation):
        work.ask(question).fetch()
    world.add_teacher(company=cn, opens=[START])
    assert found(cn) == ["Emma"]


def test_inside_a_transaction_its_own_writes_are_seen_and_taken_back(cn: Company) -> None:
    with transaction.atomic():
        world.add_teacher(company=cn, opens=[START])
        assert found(cn) == ["Emma"]
        transaction.set_rollback(True)
    assert found(cn) == []
