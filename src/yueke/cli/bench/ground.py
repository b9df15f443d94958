"""The ground a bench stands on: a large demo company in a durable database of its own."""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any

import psycopg
from rich.console import Console

from yueke.cli import database, embedded
from yueke.cli.bench.sizes import Size
from yueke.cli.cannot_run import CannotRun
from yueke.kernel import database_url

console = Console(stderr=True)


@contextmanager
def prepared(size: Size, *, anew_for: str = "") -> Iterator[None]:
    """Have a company of this size with enough open slots ahead; Django is set up inside.

    The embedded server of a bench keeps its data in `bench` beside the ordinary ones, and is made
    anew when too little is left to book; always in a place of its own for a bench that is named.
    A database at DATABASE_URL is taken as it is.
    """
    if database_url.is_embedded():
        folder = database_url.data_folder() / f"bench{anew_for and '-'}{anew_for}-{size.teachers}"
        os.environ["YUEKE_DATA"] = str(folder)
        os.environ.setdefault("SECRET_KEY", "of a bench")
        if folder.exists() and (anew_for or not _enough_left(size)):
            embedded.stop(data_folder=folder)
            shutil.rmtree(folder)
    with database.running():
        _load(size)
        _settle()
        _set_up_django()
        yield


@contextmanager
def demo_company(scale: float) -> Iterator[None]:
    """Have today's demo company of a scale, lessons and all; Django is set up inside.

    The embedded server keeps it in a folder of its own, and it is made anew each day. A database
    at DATABASE_URL is taken as it is.
    """
    if database_url.is_embedded():
        folder = database_url.data_folder() / f"bench-pages-{scale:g}"
        os.environ["YUEKE_DATA"] = str(folder)
        os.environ.setdefault("SECRET_KEY", "of a bench")
        made_on = folder / f"{datetime.now(UTC):%Y-%m-%d}"
        if folder.exists() and not made_on.exists():
            embedded.stop(data_folder=folder)
            shutil.rmtree(folder)
        folder.mkdir(parents=True, exist_ok=True)
        made_on.touch()
    with database.running():
        console.print(f"Preparing the demo company at scale {scale:g}…")
        run("migrate")
        run("demo", "--if-empty", "--scale", str(scale))
        _set_up_django()
        yield


def run(*arguments: str, check: bool = True) -> subprocess.CompletedProcess[str]:
    """Run a `yueke` command on the same database and return what it printed."""
    command = [sys.executable, "-m", "yueke", *arguments]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if check and done.returncode:
        raise CannotRun(f"`yueke {' '.join(arguments)}` failed:\n{done.stdout}{done.stderr}")
    return done


def verify() -> bool:
    """Run `yueke verify`, show it, and tell whether every law holds."""
    done = run("verify", check=False)
    console.print(done.stdout + done.stderr, highlight=False)
    return done.returncode == 0


def connect() -> psycopg.Connection[tuple[Any, ...]]:
    """Return a connection of one's own to the bench's database."""
    return psycopg.connect(database_url.conninfo(database_url.data_folder()), autocommit=True)


def _enough_left(size: Size) -> bool:
    with database.running():
        try:
            with connect() as link:
                query = "SELECT count(*) FROM slot WHERE state = 'open' AND starts_at > now()"
                row = link.execute(query).fetchone()
        except psycopg.errors.UndefinedTable:
            return False
    return row is not None and int(str(row[0])) >= size.open_slots * 0.6


def _load(size: Size) -> None:
    console.print(f"Preparing {size.teachers:,} teachers, {size.open_slots:,} open slots…")
    run("migrate")
    options = {
        "--teachers": size.teachers,
        "--learners": size.learners,
        "--open-slots": size.open_slots,
    }
    flags = [text for name, value in options.items() for text in (name, str(value))]
    run("demo", "--if-empty", *flags)


def _settle() -> None:
    """Have done what the server would do sooner or later, and then beside what is measured."""
    with connect() as link:
        link.execute("VACUUM (ANALYZE)")
        if database_url.is_embedded():
            link.execute("CHECKPOINT")


def _set_up_django() -> None:
    import django  # noqa: PLC0415  settings read the address chosen above

    os.environ["DJANGO_SETTINGS_MODULE"] = "yueke.config.settings"
    django.setup()
