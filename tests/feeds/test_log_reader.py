"""The log is read without a gap, although numbers are taken before the commit."""

from collections.abc import Iterator
from datetime import UTC, datetime

import psycopg
import pytest
from django.db import connection, transaction

from tests.served import Desk
from yueke.kernel.actor import Actor
from yueke.kernel.transaction import begin
from yueke.notices import operations as notices
from yueke.notices import reader
from yueke.notices.models import Event, LogReader
from yueke.notices.operations import Happened

NAME = "test"
INSERT = """
INSERT INTO event (id, market_id, at, kind, channel, actor_kind, actor_id, reason, lesson_id, data)
VALUES (%s, %s, now(), %s, 'lp', 'user', 1, '', %s, '{}')
"""


@pytest.fixture
def other(company: Desk) -> Iterator[psycopg.Connection[tuple[int]]]:
    """Return a connection of another process."""
    params = connection.get_connection_params()
    given = {name: params[name] for name in ("host", "port", "user", "dbname") if params.get(name)}
    with psycopg.connect(**given) as found:
        yield found


def write(company: Desk, kind: str, *, lesson_id: int = 7) -> int:
    """Append an event and commit; return its id."""
    actor = Actor(company.company.market_id, "user", 1, "lp")
    event = Happened(0, kind, actor, lesson_id=lesson_id)
    with begin() as work:
        notices.append_one(work, at=datetime.now(UTC), event=event)
    return event.id


def read() -> list[str]:
    """Read the log on to its end, two events at a time, and return the kinds."""
    kinds: list[str] = []
    while True:
        with begin() as work:
            events = reader.read_on(work, name=NAME, limit=2)
        kinds += [event.kind for event in events]
        if len(events) < 2:
            return kinds


def number(other: psycopg.Connection[tuple[int]]) -> int:
    """Take a number in the other's transaction, which writes nothing yet."""
    row = other.execute("SELECT nextval('row_id')").fetchone()
    assert row is not None
    return row[0]


def test_a_reader_begins_with_what_comes_after_it_and_reads_each_event_once(company: Desk) -> None:
    write(company, "a.before")
    assert read() == []
    for kind in ("a.one", "a.two", "a.three", "a.four", "a.five"):
        write(company, kind)
    assert read() == ["a.one", "a.two", "a.three", "a.four", "a.five"]
    assert read() == []


def test_an_event_that_commits_late_is_not_missed(
    company: Desk, other: psycopg.Connection[tuple[int]]
) -> None:
    read()
    early = number(other)
    other.execute(INSERT, (early, company.company.market_id, "a.late", 8))
    seen = [write(company, "a.prompt")]
    assert seen[0] > early
    assert read() == ["a.prompt"]
    for _ in range(3):
        assert read() == []
    other.commit()
    # A reader that goes by the number alone finds nothing more.
    assert not Event.objects.filter(id__gt=seen[0]).exists()
    assert read() == ["a.late"]
    assert read() == []


def test_a_number_taken_long_before_its_transaction_writes_is_not_missed(
    company: Desk, other: psycopg.Connection[tuple[int]]
) -> None:
    read()
    early = number(other)
    for _ in range(4):
        write(company, "a.prompt")
        assert read() == ["a.prompt"]
    other.execute(INSERT, (early, company.company.market_id, "a.late", 8))
    other.commit()
    assert read() == ["a.late"]


def test_what_is_scanned_moves_on_once_nothing_older_runs(
    company: Desk, other: psycopg.Connection[tuple[int]]
) -> None:
    read()
    number(other)
    first = write(company, "a.one")
    read()
    read()
    assert LogReader.objects.get(name=NAME).scan_from < first
    other.rollback()
    connection.close()
    for _ in range(3):
        read()
    assert LogReader.objects.get(name=NAME).scan_from >= first


def test_events_written_inside_a_savepoint_are_read_once(company: Desk) -> None:
    read()
    with transaction.atomic():
        write(company, "a.outer")
        with transaction.atomic():
            write(company, "a.inner")
    assert read() == ["a.outer", "a.inner"]
    assert read() == []


def test_what_a_reader_could_not_make_use_of_it_reads_again(company: Desk) -> None:
    read()
    write(company, "a.one")

    def fail() -> None:
        with begin() as work:
            assert [event.kind for event in reader.read_on(work, name=NAME)] == ["a.one"]
            raise ConnectionError

    with pytest.raises(ConnectionError):
        fail()
    assert read() == ["a.one"]


def test_numbers_follow_one_another_across_sessions(company: Desk) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT seqcache FROM pg_sequence WHERE seqrelid = 'row_id'::regclass")
        assert cursor.fetchone() == (1,)
