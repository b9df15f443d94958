"""A stage that all tests of a file share: a company, and two who act in it at one moment."""

import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from itertools import count
from typing import Any

import pytest
from django.db import connection, connections
from pytest_django import DjangoDbBlocker

from tests import database, world
from tests.world import NOW, Company
from yueke.cli.verify import laws

__all__ = ["stage", "transactional_db"]


@dataclass(frozen=True)
class Stage:
    """A company whose rows are committed, and two threads with a connection each."""

    company: Company
    threads: ThreadPoolExecutor
    barrier: threading.Barrier
    pairs: Iterator[int] = field(default_factory=count)

    def keep_statistics(self) -> None:
        """Let the database plan for tables as full as they are, now and then.

        Its plans are kept from when they were empty, and nothing else gathers statistics here.
        """
        if next(self.pairs) % 20 == 1:
            with connection.cursor() as cursor:
                cursor.execute("ANALYZE")

    def at_once(self, *acts: Callable[[], Any]) -> list[Any]:
        """Carry out two acts at one moment; return what came of them, errors included."""

        def go(act: Callable[[], Any]) -> Any:
            connection.ensure_connection()
            self.barrier.wait()
            try:
                return act()
            except Exception as error:
                return error

        return list(self.threads.map(go, acts))


@pytest.fixture(scope="module")
def transactional_db(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """Let tests commit, and empty the tables after the last of the file.

    It stands in for the fixture of this name, which empties them after each.
    """
    with django_db_blocker.unblock():
        yield
        database.empty_tables()


@pytest.fixture(scope="module")
def stage(transactional_db: None) -> Iterator[Stage]:
    """Return the stage; after the last test no law is broken (I-1 to I-9)."""
    with ThreadPoolExecutor(2) as threads:
        made = Stage(world.open_company(), threads, threading.Barrier(2))
        yield made
        made.at_once(connections.close_all, connections.close_all)
    broken = [found for found in laws.check(now=NOW) if found.broken]
    assert not broken, broken
