"""The PostgreSQL that tests run against: a real one of their own, thrown away afterwards."""

import atexit
import os
import shutil
import tempfile
from pathlib import Path

import psycopg
from django.apps import apps
from django.db import connection, transaction
from psycopg import sql

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


def end_other_sessions() -> None:
    """End what servers and threads of past tests have left open on the test database."""
    own = connection.connection
    params = connection.get_connection_params() | {"dbname": "postgres"}
    given = {name: params[name] for name in ("host", "port", "user", "dbname") if params.get(name)}
    with psycopg.connect(**given, autocommit=True) as server:
        server.execute(
            "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity"
            " WHERE datname = %s AND pid <> ALL(%s)",
            (connection.settings_dict["NAME"], [own.info.backend_pid] if own else []),
        )


def empty_tables() -> None:
    """Delete every row there is but those that migrations make.

    Of few rows it takes a hundredth of the time of truncating every table.
    """
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        for model in apps.get_models():
            if model._meta.label != "contenttypes.ContentType":
                table = sql.Identifier(model._meta.db_table)
                cursor.execute(sql.SQL("DELETE FROM {}").format(table))
