"""A real `yueke` command in a process of its own, as a person at a terminal would start it."""

import contextlib
import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
import psutil

from yueke.cli import server_processes

UP = ("up", "--no-demo", "--port", "0")
PATIENCE_SECONDS = 240  # a busy machine is slow, not broken


@dataclass(frozen=True)
class Account:
    """Another user of the system who starts the command, in a folder of their own.

    `python` is one that they can run.
    """

    uid: int
    gid: int
    home: Path
    python: str = sys.executable

    def takes(self) -> dict[str, Any]:
        """Return what makes a subprocess theirs."""
        return {"user": self.uid, "group": self.gid, "extra_groups": [], "cwd": self.home}

    def environment(self) -> dict[str, str]:
        """Return what they have in their environment."""
        own = {"HOME": str(self.home), "TMPDIR": str(self.home)}
        # Another Python than this one finds the same packages.
        return own if self.python == sys.executable else own | {"PYTHONPATH": ":".join(sys.path)}


def environment(*, data_folder: Path, more: Mapping[str, str] | None = None) -> dict[str, str]:
    """Return the environment of a newcomer: no database of their own, this data folder."""
    inherited = {k: v for k, v in os.environ.items() if k not in ("DATABASE_URL", "PORT", "HOST")}
    # As many web processes as on a machine of two cores, whatever this one has.
    own = {"YUEKE_DATA": str(data_folder), "WEB_PROCESSES": "2"}
    return {**inherited, **own, **(more or {})}


def run(
    *arguments: str,
    data_folder: Path,
    more: Mapping[str, str] | None = None,
    account: Account | None = None,
) -> subprocess.CompletedProcess[str]:
    """Run a command to its end."""
    own = account.environment() if account else {}
    return subprocess.run(
        [account.python if account else sys.executable, "-m", "yueke", *arguments],
        env=environment(data_folder=data_folder, more={**own, **(more or {})}),
        capture_output=True,
        text=True,
        timeout=PATIENCE_SECONDS,
        check=False,
        **(account.takes() if account else {}),
    )


def wait_for(condition: Callable[[], bool], *, what: str) -> None:
    """Wait until something holds; fail with its name when it does not come to hold."""
    deadline = time.monotonic() + PATIENCE_SECONDS
    while not condition():
        assert time.monotonic() < deadline, f"waited in vain for: {what}"
        time.sleep(0.1)


def survivors(processes: list[psutil.Process]) -> list[psutil.Process]:
    """Return those that still run; one that only waits to be reaped by its parent does not."""
    found = []
    for process in processes:
        with contextlib.suppress(psutil.NoSuchProcess):
            if process.is_running() and process.status() != psutil.STATUS_ZOMBIE:
                found.append(process)
    return found


class Up:
    """One `yueke up` without the demo company, on any free port."""

    def __init__(self, *, data_folder: Path, account: Account | None = None) -> None:
        self.data_folder = data_folder
        self.output = data_folder.parent / f"{data_folder.name}.{time.monotonic_ns()}.log"
        with self.output.open("wb") as output:
            self.process = subprocess.Popen(
                [account.python if account else sys.executable, "-m", "yueke", *UP],
                env=environment(
                    data_folder=data_folder, more=account.environment() if account else {}
                ),
                stdout=output,
                stderr=subprocess.STDOUT,
                start_new_session=True,
                **(account.takes() if account else {}),
            )
        wait_for(lambda: bool(self._find_url()) or self.has_ended, what="the address of Yueke")
        self.url = self._find_url()
        assert self.url, self.output.read_text()

    def _find_url(self) -> str:
        found = re.search(r"Yueke runs at (\S+)", self.output.read_text())
        return found[1] if found else ""

    @property
    def has_ended(self) -> bool:
        """Tell whether the command itself is over."""
        return self.process.poll() is not None

    def is_ready(self) -> bool:
        """Ask the web process whether it and the database are ready."""
        try:
            return httpx.get(f"{self.url}/readyz", timeout=30).status_code == httpx.codes.OK
        except httpx.HTTPError:
            return False

    def family(self) -> list[psutil.Process]:
        """Return every process below the command, each with those of the database."""
        return list(psutil.Process(self.process.pid).children(recursive=True))

    def find(self, *, words: str) -> list[psutil.Process]:
        """Return the command's own children of this description that live."""
        found = []
        for child in psutil.Process(self.process.pid).children():
            with contextlib.suppress(psutil.Error):
                if words in " ".join(child.cmdline()):
                    found.append(child)
        return found

    def end(self, *, number: int = signal.SIGTERM) -> int:
        """Send the command a signal and return its exit code."""
        if not self.has_ended:
            self.process.send_signal(number)
        return self.process.wait(PATIENCE_SECONDS)

    def tidy_up(self) -> None:
        """Leave nothing running, whatever the test found."""
        self.end()
        folder = self.data_folder / "postgres"
        server_processes.signal_all(postgres_folder=folder, number=signal.SIGKILL)
