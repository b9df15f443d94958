"""Databases of their own for the demo company, so that no other test meets it."""

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from itertools import count
from typing import Any

import psycopg
import pytest
from psycopg import sql
from psycopg.conninfo import conninfo_to_dict, make_conninfo

_numbers = count(1)


class Ground:
    """An own database with Yueke's tables, and the command `yueke` on it."""

    def __init__(self, address: str) -> None:
        self.address = address

    def yueke(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        """Run a command to its end."""
        return subprocess.run(
            [sys.executable, "-m", "yueke", *arguments],
            env=self.environment,
            capture_output=True,
            text=True,
            check=False,
        )

    @property
    def environment(self) -> dict[str, str]:
        """The environment in which a command meets this database."""
        return {**os.environ, "DATABASE_URL": self.address, "COLUMNS": "120"}

    def rows(self, statement: str) -> list[tuple[Any, ...]]:
        """Read rows, with Beijing's clock as the session's."""
        with psycopg.connect(self.address) as connection:
            connection.execute("SET timezone = 'Asia/Shanghai'")
            return connection.execute(statement.encode()).fetchall()

    def one(self, statement: str) -> Any:
        """Read a single value."""
        [[value]] = self.rows(statement)
        return value


@pytest.fixture(scope="session")
def new_ground() -> Iterator[Callable[[], Ground]]:
    """Return what makes a database with empty tables; all are gone after the run."""
    server = make_conninfo(os.environ["DATABASE_URL"], dbname="postgres")
    host = conninfo_to_dict(server)["host"]
    names: list[str] = []

    def new(template: str = "template1") -> Ground:
        name = f"demo_{os.getpid()}_{next(_numbers)}"
        create = sql.SQL("CREATE DATABASE {} TEMPLATE {}")
        with psycopg.connect(server, autocommit=True) as connection:
            connection.execute(create.format(sql.Identifier(name), sql.Identifier(template)))
        names.append(name)
        return Ground(f"postgresql://postgres@/{name}?host={host}&port=5432")

    migrated = new().yueke("migrate")
    assert migrated.returncode == 0, migrated.stderr
    yield lambda: new(names[0])
    with psycopg.connect(server, autocommit=True) as connection:
        for name in names:
            drop = sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name))
            connection.execute(drop)
