"""The PostgreSQL that tests run against: a real one of their own, thrown away afterwards."""

import atexit
import os
import shutil
import tempfile
from pathlib import Path

from yueke.cli import embedded
from yueke.cli.server_settings import FAST_AND_FORGETFUL
from yueke.kernel import database_url

NAME = "tests"


def start_for_the_run() -> None:
    """Start a server for this run of pytest and point Django's settings at it."""
    folder = Path(tempfile.mkdtemp(prefix="yueke-tests-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    os.environ["YUEKE_DATA"] = str(folder)
    os.environ.setdefault("SECRET_KEY", "a secret that guards nothing, in tests only")
    embedded.start(data_folder=folder, settings=FAST_AND_FORGETFUL, ends_with_me=True)
    atexit.register(embedded.stop, data_folder=folder)
    host = database_url.socket_folder(folder)
    os.environ["DATABASE_URL"] = f"postgresql://postgres@/{NAME}?host={host}&port=5432"
