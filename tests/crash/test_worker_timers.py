"""A running `yueke worker` removes a reservation within 5 seconds of its end (I-8, T-5)."""

import subprocess
import sys
import time
from collections.abc import Iterator

import pytest

from tests.cli.started import PATIENCE_SECONDS, environment
from tests.crash.place import Place

LATE_SECONDS_MAX = 5
# Open slots far ahead that nobody else asks for.
RESERVE = """
UPDATE slot
SET target_kind = 'student', target_id = 1, reserved_until = now() + interval '3 seconds'
WHERE (market_id, teacher_id, starts_at) = (
    SELECT market_id, teacher_id, starts_at FROM slot
    WHERE state = 'open' AND target_kind IS NULL ORDER BY starts_at DESC LIMIT 1
)
RETURNING market_id, teacher_id, starts_at
"""
IS_THERE = "SELECT count(*) FROM slot WHERE (market_id, teacher_id, starts_at) = (%s, %s, %s)"
SAID = """
SELECT count(*) FROM event WHERE kind = 'slot.reservation_expired'
AND (market_id, teacher_id, starts_at) = (%s, %s, %s)
"""


def seconds_late(place: Place) -> float:
    """Reserve a slot for three seconds, and return how long after them it was gone."""
    with place.connect() as link:
        link.autocommit = True
        slot = link.execute(RESERVE).fetchone()
        assert slot is not None
        ends, given_up = time.monotonic() + 3, time.monotonic() + PATIENCE_SECONDS
        while link.execute(IS_THERE, slot).fetchall() == [(1,)]:
            assert time.monotonic() < given_up
            time.sleep(0.05)
        gone = time.monotonic()
        assert link.execute(SAID, slot).fetchall() == [(1,)]
    return gone - ends


@pytest.fixture
def worker(place: Place) -> Iterator[object]:
    """Run a worker until the test is over."""
    command = [sys.executable, "-m", "yueke", "worker"]
    process = subprocess.Popen(command, env=environment(data_folder=place.data_folder))
    yield process
    process.terminate()
    process.wait()


def test_a_reservation_is_gone_within_five_seconds_of_its_end(place: Place, worker: object) -> None:
    # However long a worker takes to start.
    seconds_late(place)
    for _ in range(4):
        assert 0 <= seconds_late(place) < LATE_SECONDS_MAX
