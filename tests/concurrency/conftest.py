"""A company whose rows are committed, and databases with a constraint taken away."""

from collections.abc import Callable, Iterator

import psycopg
import pytest
from django.db import connection
from psycopg import sql

from tests import database, world
from tests.world import Company

_COPY = "without_a_constraint"


@pytest.fixture
def company(transactional_db: None) -> Company:
    """Return a company that other connections see."""
    return world.open_company()


@pytest.fixture
def without(
    transactional_db: None, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Callable[..., Company]]:
    """Return what moves the test to a copy of the database that lacks constraints or indexes."""

    def move(*names: str) -> Company:
        original = connection.settings_dict["NAME"]
        connection.close()
        database.end_other_sessions()
        _recreate(original)
        monkeypatch.setitem(connection.settings_dict, "NAME", _COPY)
        for name in names:
            _drop(name)
        return world.open_company()

    yield move
    connection.close()


def _recreate(original: str) -> None:
    params = connection.get_connection_params()
    given = {
        name: params[name] for name in ("host", "port", "user", "password") if params.get(name)
    }
    with psycopg.connect(**given, dbname="postgres", autocommit=True) as server:
        copy = sql.Identifier(_COPY)
        server.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(copy))
        server.execute(
            sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(copy, sql.Identifier(original))
        )


def _drop(name: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT conrelid::regclass::text FROM pg_constraint WHERE conname = %s", [name]
        )
        row = cursor.fetchone()
        if row is None:
            cursor.execute(sql.SQL("DROP INDEX {}").format(sql.Identifier(name)))
        else:
            cursor.execute(
                sql.SQL("ALTER TABLE {} DROP CONSTRAINT {}").format(
                    sql.Identifier(row[0]), sql.Identifier(name)
                )
            )
