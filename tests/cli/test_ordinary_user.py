"""Yueke needs no root: an ordinary user starts it, books, and leaves nothing running."""

import os
import pwd
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import httpx
import psutil
import pytest

import yueke
from tests.cli.started import Account, Up, run, survivors
from yueke.cli import embedded

SMALL = ["--learners", "40", "--teachers", "20", "--open-slots", "400"]


@pytest.fixture
def home() -> Iterator[Path]:
    """Return a folder on whose way there is no folder of root's alone, as pytest's are."""
    folder = Path(tempfile.mkdtemp(prefix="yueke-ordinary-"))
    yield folder
    shutil.rmtree(folder)


@pytest.fixture
def account(home: Path) -> Account:
    """Return who starts it: nobody in particular where root runs the tests, else who does."""
    if os.geteuid() != 0:
        return Account(os.geteuid(), os.getegid(), home)
    entry = pwd.getpwnam("nobody")
    os.chown(home, entry.pw_uid, entry.pw_gid)
    account = Account(entry.pw_uid, entry.pw_gid, home)
    # That of the tests may lie in root's own folder.
    version = f"python{sys.version_info.major}.{sys.version_info.minor}"
    pythons = [sys.executable, shutil.which(version, path=os.defpath)]
    python = next((one for one in pythons if one and may_read(account, one)), None)
    if python is None:
        pytest.skip(f"no {version} is there that an ordinary user may run: {pythons}")
    for path in (yueke.__file__, httpx.__file__, embedded.programs_folder() / "postgres"):
        if not may_read(account, path):
            pytest.skip(f"{path} is not there for an ordinary user to read")
    return replace(account, python=python)


def may_read(account: Account, path: str | Path) -> bool:
    """Tell whether a user may read a file."""
    done = subprocess.run(["test", "-r", path], check=False, **account.takes())
    return done.returncode == 0


@contextmanager
def brought_up(account: Account) -> Iterator[Up]:
    """Bring Yueke up in a user's own folder; whatever the test finds, nothing runs afterwards."""
    up = Up(data_folder=account.home / "data", account=account)
    try:
        yield up
    finally:
        up.tidy_up()


def test_an_ordinary_user_brings_it_up_books_and_leaves_nothing_running(account: Account) -> None:
    with brought_up(account) as up:
        for words in (["demo", *SMALL], ["apikey", "create", "--channel", "lp"]):
            done = run(*words, data_folder=up.data_folder, account=account)
            assert done.returncode == 0, done.stdout + done.stderr
        everything = [psutil.Process(up.process.pid), *up.family()]
        assert {process.uids().effective for process in everything} == {account.uid}
        assert httpx.get(up.url, follow_redirects=True).status_code == 200
        assert book_a_lesson(up.url, secret=done.stdout.strip())["state"] == "live"
        assert up.end() == 0
        assert not survivors(everything)


def book_a_lesson(url: str, *, secret: str) -> dict[str, Any]:
    """Book the first learner who can pay the best teacher who is free, and return the lesson."""
    headers = {"Authorization": f"Bearer {secret}", "Idempotency-Key": "once"}
    with httpx.Client(base_url=f"{url}/api/v1", headers=headers, timeout=60) as http:
        now = datetime.now(UTC)
        window = {"from": now.isoformat(), "to": (now + timedelta(days=7)).isoformat()}
        for learner in http.get("/learners").json()["learners"]:
            who = {"learner": learner["id"], "product": "major"}
            found = http.get("/teachers", params={**who, **window}).json().get("teachers", [])
            for teacher in found[:1]:
                order = {**who, "teacher": teacher["id"], "starts_at": teacher["free_at"][-1]}
                booked = http.post("/bookings", json=order)
                if booked.status_code == 201:
                    lesson: dict[str, Any] = http.get(f"/lessons/{booked.json()['seat']}").json()
                    return lesson
    raise AssertionError("nobody could book")
