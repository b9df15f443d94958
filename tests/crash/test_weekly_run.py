"""Kill -9 in the middle of a weekly run: whoever goes on books what is left, and nothing twice."""

import subprocess
import sys
import time
from pathlib import Path

from tests.cli.started import environment, run, wait_for
from tests.crash.place import Place

ROOT = Path(__file__).resolve().parents[2]
STATES = "SELECT state, count(*) FROM weekly_row GROUP BY state"
# Each row that is booked has one seat, and each seat of the run one row.
SEATS = """
SELECT (SELECT count(*) FROM weekly_row WHERE state = 'booked'),
       (SELECT count(DISTINCT seat_id) FROM weekly_row WHERE state = 'booked'),
       (SELECT count(*) FROM event WHERE kind = 'lesson.booked' AND channel = 'supply')
"""


def start(place: Place, what: str) -> subprocess.Popen[bytes]:
    """Start a process of `tests.crash.weekly`."""
    return subprocess.Popen(
        [sys.executable, "-m", "tests.crash.weekly", what],
        cwd=ROOT,
        env=environment(data_folder=place.data_folder),
    )


def counts(place: Place) -> dict[str, int]:
    """Return how many rows are in which state."""
    with place.connect() as link:
        return {str(state): int(str(count)) for state, count in link.execute(STATES).fetchall()}


def kill_after(place: Place, worker: subprocess.Popen[bytes], *, booked: int) -> None:
    """Kill a worker once so many rows are booked."""
    wait_for(lambda: counts(place).get("booked", 0) >= booked, what="rows to be booked")
    worker.kill()
    worker.wait()


def test_a_run_whose_workers_are_killed_is_finished_by_others_and_nothing_is_booked_twice(
    place: Place,
) -> None:
    assert start(place, "store").wait() == 0
    first = start(place, "run")
    kill_after(place, first, booked=20)
    before = counts(place)
    assert before["waiting"] > 0
    # Two at once, and one of them dies as well.
    second, third = start(place, "run"), start(place, "run")
    kill_after(place, second, booked=before["booked"] + 40)
    assert third.wait() == 0
    time.sleep(0.1)
    assert start(place, "run").wait() == 0
    after = counts(place)
    assert after.get("waiting", 0) == 0
    assert sum(after.values()) == sum(before.values())
    with place.connect() as link:
        rows, seats, events = link.execute(SEATS).fetchall()[0]
        finished = link.execute("SELECT count(*) FROM weekly_run WHERE finished_at IS NULL")
        assert finished.fetchone() == (0,)
    assert rows == seats == events == after["booked"]
    verified = run("verify", data_folder=place.data_folder)
    assert verified.returncode == 0, verified.stdout + verified.stderr
