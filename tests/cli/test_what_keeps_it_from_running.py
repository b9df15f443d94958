"""Each thing that keeps Yueke from running is told in one sentence, with what to do."""

import contextlib
import os
import socket
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.cli.started import run


def assert_told(done: subprocess.CompletedProcess[str], *, words: str, code: int = 1) -> None:
    """Check for one line that says so, a code that is not zero, and no traceback."""
    assert done.returncode == code
    assert words in done.stderr
    assert "Traceback" not in done.stderr + done.stdout
    if code == 1:
        assert len(done.stderr.strip().splitlines()) == 1, done.stderr


def test_a_port_in_use(data_folder: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        done = run("up", "--no-demo", "--port", str(port), data_folder=data_folder)
    assert_told(done, words=f"Port {port} is taken by process {os.getpid()}")
    assert "choose another port" in done.stderr
    assert not (data_folder / "postgres").exists()


def test_an_address_of_another_machine(data_folder: Path) -> None:
    done = run("up", "--host", "192.0.2.1", data_folder=data_folder)
    assert_told(done, words="Nothing can listen on 192.0.2.1")


@pytest.mark.parametrize(
    ("url", "words"),
    [
        ("postgresql://yueke@127.0.0.1:1/yueke", "(Connection refused): start it"),
        (
            "postgresql://yueke:tell-nobody@nowhere.invalid/yueke",
            "correct the host in DATABASE_URL",
        ),
        ("mysql://127.0.0.1/yueke", "DATABASE_URL is not an address of PostgreSQL"),
    ],
)
@pytest.mark.parametrize("command", ["up", "migrate"])
def test_a_database_out_of_reach(data_folder: Path, command: str, url: str, words: str) -> None:
    done = run(command, data_folder=data_folder, more={"DATABASE_URL": url, "PORT": "0"})
    assert_told(done, words=words)
    assert "tell-nobody" not in done.stderr


def test_a_port_that_is_no_port(data_folder: Path) -> None:
    assert_told(run("up", "--port", "x", data_folder=data_folder), words="--port", code=2)


def test_an_unknown_command(data_folder: Path) -> None:
    assert_told(run("launch", data_folder=data_folder), words="No such command 'launch'", code=2)


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """Return a file system of 100 MB, where this user may make one."""
    folder = tmp_path / "disk"
    folder.mkdir()
    mounting = ["mount", "-t", "tmpfs", "-o", "size=100m", "tmpfs", str(folder)]
    if os.geteuid() or subprocess.run(mounting, check=False, capture_output=True).returncode:
        pytest.skip("only root can make a small disk")
    yield folder
    subprocess.run(["umount", "-l", folder], check=True)


def test_a_disk_too_small_to_start_on(small_disk: Path) -> None:
    done = run("up", "--port", "0", data_folder=small_disk / "data")
    assert_told(done, words="MB free, and Yueke needs 1000 MB to start: free some space")


def test_a_disk_that_fills_up(small_disk: Path) -> None:
    data_folder = small_disk / "data"
    assert run("migrate", data_folder=data_folder).returncode == 0
    filler = small_disk / "filler"
    with contextlib.suppress(OSError), filler.open("wb", buffering=0) as file:
        while file.write(bytes(64 * 1024)):
            pass
    assert_told(run("migrate", data_folder=data_folder), words="is full: free some space")
    filler.unlink()
    assert run("migrate", data_folder=data_folder).returncode == 0


def test_a_disk_too_full_for_the_first_files(small_disk: Path) -> None:
    (small_disk / "filler").write_bytes(bytes(80 * 1024 * 1024))
    done = run("migrate", data_folder=small_disk / "data")
    assert_told(done, words="is full: free some space")
