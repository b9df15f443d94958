"""The embedded PostgreSQL: durable, private, and able to start after anything."""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from tests.cli.started import environment, wait_for
from yueke.cli import embedded, server_processes
from yueke.kernel import database_url


@pytest.fixture
def server_folder(data_folder: Path) -> Iterator[Path]:
    """Return a data folder whose server is stopped after the test."""
    yield data_folder
    embedded.stop(data_folder=data_folder)


def ask(data_folder: Path, query: str) -> object:
    """Return the single value of a query."""
    with psycopg.connect(database_url.embedded_conninfo(data_folder)) as connection:
        row = connection.execute(query.encode()).fetchone()
    assert row
    return row[0]


def test_what_it_confirms_is_on_the_disk(server_folder: Path) -> None:
    embedded.start(data_folder=server_folder)
    for setting in ("fsync", "synchronous_commit", "full_page_writes"):
        assert ask(server_folder, f"SHOW {setting}") == "on"
    assert str(ask(server_folder, "SHOW server_version")).startswith("16.")


def test_only_its_owner_enters_and_only_by_the_socket(server_folder: Path) -> None:
    embedded.start(data_folder=server_folder)
    assert (server_folder / "postgres").stat().st_mode & 0o077 == 0
    assert ask(server_folder, "SHOW listen_addresses") == ""


def test_a_long_path_moves_the_socket_not_the_data(tmp_path: Path) -> None:
    folder = tmp_path / ("a" * 100)
    embedded.start(data_folder=folder)
    try:
        assert ask(folder, "SELECT 1") == 1
        assert database_url.socket_folder(folder).parent == Path("/tmp")
    finally:
        embedded.stop(data_folder=folder)
        database_url.socket_folder(folder).rmdir()


def test_settings_of_libpq_in_the_environment_change_nothing(
    server_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PGPORT", "6000")
    monkeypatch.setenv("PGDATA", "/nowhere")
    embedded.start(data_folder=server_folder)
    assert ask(server_folder, "SELECT 1") == 1


def test_a_first_start_that_was_killed_is_begun_anew(server_folder: Path) -> None:
    first = subprocess.Popen(
        [sys.executable, "-m", "yueke", "migrate"], env=environment(data_folder=server_folder)
    )
    unfinished = server_folder / "postgres.new"
    wait_for(unfinished.exists, what="the first files")
    first.kill()
    first.wait()
    assert not (server_folder / "postgres").exists()
    embedded.start(data_folder=server_folder)
    assert ask(server_folder, "SELECT 1") == 1
    assert not unfinished.exists()


def test_a_pid_that_is_another_programs_now_is_no_obstacle(server_folder: Path) -> None:
    embedded.start(data_folder=server_folder)
    folder = server_folder / "postgres"
    postmaster = server_processes.find_postmaster(postgres_folder=folder)
    assert postmaster
    postmaster.kill()
    for lock in (folder / "postmaster.pid", folder / ".s.PGSQL.5432.lock"):
        rest = lock.read_text().split("\n")[1:]
        lock.write_text("\n".join([str(os.getpid()), *rest]))
    embedded.start(data_folder=server_folder)
    assert ask(server_folder, "SELECT 1") == 1
