"""`yueke web` of several processes: one port, one count, one end."""

import contextlib
import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import httpx
import psutil
import psycopg
import pytest

from tests.cli.started import environment, run, survivors, wait_for
from yueke.cli import embedded
from yueke.kernel import database_url
from yueke.people.commands import hash_of

SEARCH = "/api/v1/teachers"
# One way is hot, the other Django's.
WAYS = (SEARCH, "/api/v1/products")
SECRET = "of a caller"
ADD_KEY = """
WITH market AS (
    INSERT INTO market (code, name_zh, name_en, zone, currency)
    VALUES ('cn', '中国', 'China', 'Asia/Shanghai', 'CNY') RETURNING id
)
INSERT INTO api_key (market_id, channel, name, hash, hint, requests_per_minute, created_at)
SELECT id, 'lp', 'web', %s, 'of', 60, now() FROM market
"""


def web_processes(parent: psutil.Process) -> list[psutil.Process]:
    """Return those that serve."""
    found = []
    for child in parent.children():
        with contextlib.suppress(psutil.Error):
            if "yueke web" in " ".join(child.cmdline()):
                found.append(child)
    return found


@pytest.fixture
def migrated(data_folder: Path) -> Iterator[Path]:
    """Return a data folder whose database runs and has its tables."""
    embedded.start(data_folder=data_folder)
    try:
        assert run("migrate", data_folder=data_folder).returncode == 0
        yield data_folder
    finally:
        embedded.stop(data_folder=data_folder)


@pytest.fixture
def web(migrated: Path) -> Iterator[tuple[psutil.Popen, str]]:
    """Return `yueke web` with two processes, and its address."""
    log = migrated.parent / "web.log"
    with log.open("wb") as output:
        process = psutil.Popen(
            [sys.executable, "-m", "yueke", "web", "--port", "0", "--processes", "2"],
            env=environment(data_folder=migrated, more={"PYTHONUNBUFFERED": "1"}),
            stdout=output,
            stderr=subprocess.STDOUT,
        )
    try:
        wait_for(lambda: b"Serving http" in log.read_bytes(), what="the address")
        found = re.search(r"Serving (\S+)", log.read_text())
        assert found
        wait_for(lambda: len(web_processes(process)) == 2, what="two processes")
        yield process, found[1]
    finally:
        with contextlib.suppress(psutil.NoSuchProcess):
            process.terminate()
        process.wait()


def test_a_killed_web_process_is_replaced_while_the_other_answers(
    web: tuple[psutil.Popen, str],
) -> None:
    process, url = web
    assert httpx.get(f"{url}/healthz", timeout=60).status_code == httpx.codes.OK
    victim, other = web_processes(process)
    victim.kill()
    for _ in range(20):
        # A connection that the victim had taken would break; each of these is new.
        assert httpx.get(f"{url}/healthz", timeout=60).status_code == httpx.codes.OK
    wait_for(
        lambda: len(web_processes(process)) == 2 and victim not in web_processes(process),
        what="another process",
    )
    assert other in web_processes(process)


def test_what_all_processes_answered_is_counted_together(web: tuple[psutil.Popen, str]) -> None:
    _, url = web
    for _ in range(40):
        assert httpx.get(url + SEARCH, timeout=60).status_code == httpx.codes.UNAUTHORIZED
    shown = httpx.get(f"{url}/metrics", timeout=60).text
    assert 'yueke_hot_answers_total{status="401"} 40.0' in shown


@contextlib.contextmanager
def stopped(process: psutil.Process) -> Iterator[None]:
    """Let a process stand still, so that another takes whatever comes."""
    process.suspend()
    try:
        yield
    finally:
        process.resume()


def refused_after(ask: Callable[[str], httpx.Response]) -> tuple[int, int]:
    """Ask until it is refused; return how often it was not, and when to come back."""
    for count in range(60):
        answer = ask(WAYS[count % 2])
        if answer.status_code == httpx.codes.TOO_MANY_REQUESTS:
            return count, int(answer.headers["retry-after"])
    raise AssertionError("never refused")


def test_a_key_has_its_requests_once_whichever_process_answers(
    migrated: Path, web: tuple[psutil.Popen, str]
) -> None:
    process, url = web
    headers = {"Authorization": f"Bearer {SECRET}"}
    with psycopg.connect(database_url.embedded_conninfo(migrated)) as link:
        link.execute(ADD_KEY, [hash_of(SECRET)])

    def ask(path: str) -> httpx.Response:
        return httpx.get(url + path, headers=headers, timeout=60)

    wait_for(lambda: httpx.get(f"{url}/readyz", timeout=60).is_success, what="the first answer")
    one, other = web_processes(process)
    began = time.monotonic()
    with stopped(other):
        first, _ = refused_after(ask)
    with stopped(one):
        more, seconds = refused_after(ask)
        # Ten at once and one more each second, not ten more because it is another process.
        assert 10 <= first + more <= 10 + (time.monotonic() - began)
        time.sleep(seconds)
        assert ask(SEARCH).status_code != httpx.codes.TOO_MANY_REQUESTS


def test_a_signal_ends_all_processes(web: tuple[psutil.Popen, str]) -> None:
    process, _ = web
    children = web_processes(process)
    process.send_signal(signal.SIGTERM)
    assert process.wait(60) == 0
    assert not survivors(children)
