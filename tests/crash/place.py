"""A Yueke of its own that may be killed: a durable database and a `yueke web`, on real files."""

import signal
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import psutil
import psycopg

from tests.cli.started import environment, wait_for
from yueke.cli import embedded, server_processes
from yueke.cli.parent_death import die_with_parent
from yueke.kernel import database_url

# Small, so that it starts fast; as durable as the one that people run.
SMALL = {"shared_buffers": "128MB", "max_wal_size": "1GB"}


class Place:
    """One data folder, its database, and the web process that serves it."""

    def __init__(self, *, data_folder: Path) -> None:
        self.data_folder = data_folder
        self.log = data_folder.parent / "web.log"
        self.port = 0
        self._web: subprocess.Popen[bytes] | None = None

    @property
    def _postgres(self) -> Path:
        return embedded.postgres_folder(self.data_folder)

    def start_database(self, *, settings: Mapping[str, str] | None = None) -> None:
        """Start the database, which recovers by itself from how it was ended."""
        embedded.start(
            data_folder=self.data_folder, settings={**SMALL, **(settings or {})}, ends_with_me=True
        )

    def stop_database(self) -> None:
        """Stop the database in order."""
        embedded.stop(data_folder=self.data_folder)

    def kill_database(self) -> None:
        """Take every process of the database away at one moment, as a power cut does."""
        while found := server_processes.list_processes(postgres_folder=self._postgres):
            # Stopped first: none may write another byte when it sees that a sister is gone.
            for number in (signal.SIGSTOP, signal.SIGKILL):
                for process in found:
                    server_processes.send(process=process, number=number)
            psutil.wait_procs(found, timeout=1)

    def connect(self) -> psycopg.Connection[tuple[object, ...]]:
        """Return a connection beside the web process."""
        return psycopg.connect(database_url.embedded_conninfo(self.data_folder), autocommit=True)

    def start_web(self) -> None:
        """Start the web process, on the same port as before if there was one."""
        with self.log.open("wb") as log:
            self._web = subprocess.Popen(
                [sys.executable, "-m", "yueke", "web", "--port", str(self.port)],
                env=environment(data_folder=self.data_folder, more={"PYTHONUNBUFFERED": "1"}),
                stdout=log,
                stderr=subprocess.STDOUT,
                preexec_fn=die_with_parent(signal.SIGKILL),
            )
        wait_for(lambda: b"Serving http" in self.log.read_bytes(), what="the web process")
        self.port = int(self.log.read_text().split("Serving http", 1)[1].split()[0].split(":")[2])

    def kill_web(self) -> None:
        """Take the web process away."""
        if self._web is not None:
            self._web.kill()
            self._web.wait()

    @property
    def is_web_alive(self) -> bool:
        """Tell whether the web process that was started last still runs."""
        return self._web is not None and self._web.poll() is None
