"""A demo company goes into an empty database, wholly or not at all."""

import subprocess
import sys
import time
from collections.abc import Callable

import pytest

from tests.demo.conftest import Ground

SMALL = ("demo", "--scale", "0.1")
COMING_WEEK = """date_trunc('week', now()) + interval '7 days' <= starts_at
                 AND starts_at < date_trunc('week', now()) + interval '14 days'"""


@pytest.fixture
def ground(new_ground: Callable[[], Ground]) -> Ground:
    """Return an empty database."""
    return new_ground()


def test_a_load_that_is_killed_leaves_nothing_and_is_done_again(ground: Ground) -> None:
    process = subprocess.Popen(
        [sys.executable, "-m", "yueke", "demo", "--scale", "8"],
        env=ground.environment,
        stdout=subprocess.DEVNULL,
    )
    copying = """SELECT count(*) FROM pg_stat_activity
                 WHERE query LIKE '%COPY "slot"%' AND pid <> pg_backend_pid()"""
    deadline = time.monotonic() + 120
    while not ground.one(copying):
        assert process.poll() is None
        assert time.monotonic() < deadline
        time.sleep(0.01)
    process.kill()
    process.wait()
    assert ground.one("SELECT count(*) FROM market") == 0
    assert ground.one("SELECT count(*) FROM slot") == 0
    assert ground.yueke(*SMALL).returncode == 0
    assert ground.one("SELECT count(*) FROM learner") == 213 + 50
    assert ground.yueke("verify").returncode == 0


def test_a_company_that_is_there_is_left_alone(ground: Ground) -> None:
    company = "INSERT INTO market VALUES (DEFAULT, 'own', '', '', 'UTC', 'CNY') RETURNING code"
    assert ground.one(company) == "own"
    refused = ground.yueke(*SMALL)
    assert refused.returncode == 1
    assert "holds a company already" in refused.stderr
    assert ground.yueke(*SMALL, "--if-empty").returncode == 0
    assert ground.yueke("demo", "--logins").stdout == ""
    assert ground.one("SELECT count(*) FROM learner") == 0


def test_open_slots_are_all_in_the_coming_week(ground: Ground) -> None:
    asked = ("--learners", "100", "--teachers", "50", "--open-slots", "700")
    loaded = ground.yueke("demo", *asked)
    assert loaded.returncode == 0, loaded.stderr
    # The parent's story books two of them.
    assert ground.rows("SELECT state, count(*) FROM slot GROUP BY 1 ORDER BY 1") == [
        ("booked", 2),
        ("open", 698),
    ]
    assert ground.one(f"SELECT count(*) FROM slot WHERE NOT ({COMING_WEEK})") == 0
    assert ground.one("SELECT count(*) FROM teacher") == 50
    assert ground.yueke("verify").returncode == 0
