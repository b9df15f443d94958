"""A process that is kept running: started, watched, started again, stopped."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import typer

from yueke.cli.cannot_run import CannotRun
from yueke.cli.parent_death import die_with_parent

QUICK_SECONDS = 10
QUICK_DEATHS_MAX = 5
FIRST_PAUSE_SECONDS = 0.5


def spawn(
    arguments: Sequence[str],
    *,
    environment: Mapping[str, str] | None = None,
    handles: Sequence[int] = (),
) -> subprocess.Popen[bytes]:
    """Start `yueke` with these arguments, out of reach of Ctrl-C, to die with this process."""
    return subprocess.Popen(
        [sys.executable, "-m", "yueke", *arguments],
        env={**os.environ, **(environment or {})},
        pass_fds=handles,
        stdin=subprocess.DEVNULL,
        start_new_session=True,
        preexec_fn=die_with_parent(signal.SIGKILL),
    )


def end(processes: Sequence[subprocess.Popen[bytes]], *, seconds: float) -> None:
    """Ask the processes to end, all at once, and kill what has not after a while."""
    for process in processes:
        if process.poll() is None:
            process.terminate()
    deadline = time.monotonic() + seconds
    for process in processes:
        try:
            process.wait(max(0.0, deadline - time.monotonic()))
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


@dataclass(kw_only=True)
class Child:
    """One long-running `yueke` command."""

    name: str
    environment: Mapping[str, str] = field(default_factory=dict)
    handles: Sequence[int] = ()
    process: subprocess.Popen[bytes] | None = None
    started_at: float = 0.0
    start_again_at: float | None = None
    quick_deaths: int = 0

    def start(self) -> None:
        """Start the process."""
        self.process = spawn([self.name], environment=self.environment, handles=self.handles)
        self.started_at = time.monotonic()
        self.start_again_at = None

    def notice_death(self) -> None:
        """If the process has ended, plan when to start it again; after many quick deaths, don't."""
        if self.process is None or self.start_again_at or self.process.poll() is None:
            return
        now = time.monotonic()
        self.quick_deaths = self.quick_deaths + 1 if now - self.started_at < QUICK_SECONDS else 1
        if self.quick_deaths >= QUICK_DEATHS_MAX:
            raise CannotRun(
                f"`yueke {self.name}` ended {self.quick_deaths} times within {QUICK_SECONDS} "
                "seconds of its start, so everything stops: its own words stand above."
            )
        pause_seconds = FIRST_PAUSE_SECONDS * 2 ** (self.quick_deaths - 1)
        self.start_again_at = now + pause_seconds
        typer.echo(
            f"`yueke {self.name}` has ended ({_how(self.process.returncode)}); "
            f"it starts again in {pause_seconds:g} s."
        )

    @property
    def is_due(self) -> bool:
        """Tell whether the process is to be started now."""
        return self.start_again_at is not None and time.monotonic() >= self.start_again_at


def _how(code: int) -> str:
    return f"signal {signal.Signals(-code).name}" if code < 0 else f"exit code {code}"
