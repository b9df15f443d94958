"""Turn `DATABASE_URL`, or its absence, into settings for the two drivers that need them."""

import os
import secrets
from pathlib import Path
from typing import Any

from psycopg.conninfo import conninfo_to_dict, make_conninfo

EMBEDDED_NAME = "yueke"


def conninfo(data_folder: Path) -> str:
    """Return libpq's connection string: `DATABASE_URL`, or the embedded server's socket."""
    given = os.environ.get("DATABASE_URL")
    if given:
        return make_conninfo(given)
    return make_conninfo(host=str(socket_folder(data_folder)), user="postgres", dbname=EMBEDDED_NAME)


def socket_folder(data_folder: Path) -> Path:
    """Return the folder of the embedded server's Unix socket."""
    return data_folder / "postgres"


def django_settings(data_folder: Path) -> dict[str, Any]:
    """Return Django's `DATABASES` entry for the same database."""
    parts = conninfo_to_dict(conninfo(data_folder))
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": parts.pop("dbname", "yueke"),
        "USER": parts.pop("user", ""),
        "PASSWORD": parts.pop("password", ""),
        "HOST": parts.pop("host", ""),
        "PORT": str(parts.pop("port", "")),
        "CONN_MAX_AGE": 600,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": {**parts},
    }


def local_secret(data_folder: Path) -> str:
    """Return the secret of a machine that was given none, made once and kept beside its data."""
    path = data_folder / "secret"
    if not path.exists():
        data_folder.mkdir(parents=True, exist_ok=True)
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(handle, "w") as file:
            file.write(secrets.token_urlsafe(48))
    return path.read_text()
