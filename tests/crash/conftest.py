"""One small company for all crashes: each one finds it as the one before left it."""

import secrets
from collections.abc import Iterator

import pytest

from tests.cli.started import run
from tests.crash.place import Place
from tests.crash.upstream import Keys
from yueke.cli import database
from yueke.people.commands import hash_of

COMPANY = ("--learners", "400", "--teachers", "100", "--open-slots", "3000")
ADD_KEY = """
INSERT INTO api_key (market_id, channel, name, hash, hint, requests_per_minute, created_at)
VALUES (1, %s, 'crash', %s, %s, 1000000000, now())
"""


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Place]:
    """Return a place with a company and a running web process."""
    found = Place(data_folder=tmp_path_factory.mktemp("crash") / "data")
    # Held here, so that no command which comes and goes takes the database with it.
    with database.using(found.data_folder):
        try:
            found.start_database()
            for words in (("migrate",), ("demo", *COMPANY)):
                done = run(*words, data_folder=found.data_folder)
                assert done.returncode == 0, done.stderr
            found.start_web()
            yield found
        finally:
            found.kill_web()
            found.stop_database()


@pytest.fixture(scope="module")
def keys(place: Place) -> Keys:
    """Return API keys of a system that may book and cancel, and of one that may grant."""
    made = {channel: secrets.token_urlsafe() for channel in ("lp", "marketing")}
    with place.connect() as link:
        for channel, secret in made.items():
            link.execute(ADD_KEY, [channel, hash_of(secret), secret[:8]])
    return made
