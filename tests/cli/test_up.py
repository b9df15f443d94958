"""`yueke up` starts everything, keeps it running, and leaves nothing behind."""

import signal
from collections.abc import Callable
from pathlib import Path

import psutil
import pytest

from tests.cli.started import Up, run, survivors, wait_for
from yueke.cli import server_processes

Start = Callable[[], Up]
WORDS = {"web": "yueke web", "worker": "yueke worker", "database": "bin/postgres -D"}


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_a_signal_stops_everything(start: Start, number: signal.Signals) -> None:
    up = start()
    assert up.is_ready()
    family = up.family()
    assert up.end(number=number) == 0
    assert not survivors(family)


def test_a_second_start_finds_the_data_of_the_first(start: Start, data_folder: Path) -> None:
    start().end()
    made_at = (data_folder / "postgres" / "PG_VERSION").stat().st_mtime_ns
    up = start()
    assert up.is_ready()
    assert (data_folder / "postgres" / "PG_VERSION").stat().st_mtime_ns == made_at


def test_whatever_is_killed_is_started_again(start: Start) -> None:
    up = start()
    for name, words in WORDS.items():
        before = up.find(words=words)
        assert len(before) == (2 if name == "web" else 1)
        victim = before[0]
        victim.kill()

        def is_replaced(words: str = words, old: list[psutil.Process] = before) -> bool:
            new = up.find(words=words)
            return len(new) == len(old) and old[0] not in new

        wait_for(is_replaced, what=f"another {name}")
        wait_for(up.is_ready, what=f"readiness after the {name} was killed")
    assert not up.has_ended


def test_nothing_outlives_a_killed_up_and_the_next_one_starts(start: Start) -> None:
    up = start()
    family = up.family()
    up.process.kill()
    wait_for(lambda: not survivors(family), what="the end of the children")
    assert start().is_ready()


def test_a_power_cut_needs_no_hand(start: Start) -> None:
    up = start()
    victims = [psutil.Process(up.process.pid), *up.family()]
    for victim in victims:
        victim.suspend()
    for victim in victims:
        victim.kill()
    up.process.wait()
    assert start().is_ready()


def test_one_up_for_each_data_folder(start: Start, data_folder: Path) -> None:
    up = start()
    other = run("up", "--no-demo", "--port", "0", data_folder=data_folder)
    assert other.returncode == 1
    assert f"Yueke already runs on {data_folder} (process {up.process.pid})" in other.stderr
    assert up.is_ready()


def test_a_command_beside_up_leaves_its_database_alone(start: Start, data_folder: Path) -> None:
    up = start()
    assert run("migrate", data_folder=data_folder).returncode == 0
    assert up.is_ready()


def test_a_command_on_its_own_stops_the_database_it_started(data_folder: Path) -> None:
    done = run("migrate", data_folder=data_folder)
    assert done.returncode == 0, done.stderr
    assert not server_processes.list_processes(postgres_folder=data_folder / "postgres")
