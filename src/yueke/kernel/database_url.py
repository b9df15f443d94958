"""Turn `DATABASE_URL`, or its absence, into settings for the two drivers that need them."""

import hashlib
import os
import secrets
import tempfile
from pathlib import Path
from typing import Any

from psycopg.conninfo import conninfo_to_dict, make_conninfo

EMBEDDED_NAME = "yueke"
# A Unix socket's path must fit into 104 bytes (108 on Linux), of which its name takes 14.
SOCKET_FOLDER_BYTES_MAX = 88


def data_folder() -> Path:
    """Return the folder of all that Yueke keeps on this machine: `YUEKE_DATA`, or `.yueke/`."""
    return Path(os.environ.get("YUEKE_DATA") or ".yueke").resolve()


def is_embedded() -> bool:
    """Tell whether the database is the embedded one."""
    return not os.environ.get("DATABASE_URL")


def conninfo(data_folder: Path) -> str:
    """Return libpq's connection string: `DATABASE_URL`, or the embedded server's socket."""
    if is_embedded():
        return embedded_conninfo(data_folder)
    return make_conninfo(os.environ["DATABASE_URL"])


def embedded_conninfo(data_folder: Path, *, name: str = EMBEDDED_NAME) -> str:
    """Return the connection string of one database of the embedded server."""
    host = str(socket_folder(data_folder))
    # The port is part of the socket's name, and PGPORT would change it.
    return make_conninfo(host=host, port="5432", user="postgres", dbname=name)


def socket_folder(data_folder: Path) -> Path:
    """Return the folder of the embedded server's Unix socket: beside its data if that fits."""
    folder = data_folder / "postgres"
    if len(os.fsencode(folder)) <= SOCKET_FOLDER_BYTES_MAX:
        return folder
    # Not tempfile's folder: every process must find the same one, whatever its TMPDIR.
    return Path("/tmp") / f"yueke-{hashlib.sha256(os.fsencode(folder)).hexdigest()[:16]}"


def django_settings(data_folder: Path) -> dict[str, Any]:
    """Return Django's `DATABASES` entry for the same database."""
    parts = conninfo_to_dict(conninfo(data_folder))
    # Only prepared statements heed it: planning one anew costs more than running it.
    parts["options"] = f"{parts.get('options') or ''} -c plan_cache_mode=force_generic_plan".strip()
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": parts.pop("dbname", "yueke"),
        "USER": parts.pop("user", ""),
        "PASSWORD": parts.pop("password", ""),
        "HOST": parts.pop("host", ""),
        "PORT": str(parts.pop("port", "")),
        "CONN_MAX_AGE": 600,
        "CONN_HEALTH_CHECKS": True,
        # Django's choice is no threshold, and psycopg then prepares nothing even when asked to.
        "OPTIONS": {**parts, "prepare_threshold": 0},
    }


def local_secret(data_folder: Path) -> str:
    """Return the secret of a machine that was given none, made once and kept beside its data."""
    path = data_folder / "secret"
    if not path.exists() or not path.read_text():
        data_folder.mkdir(parents=True, exist_ok=True)
        # Whole or not at all: every public id hangs on it.
        with tempfile.NamedTemporaryFile("w", dir=data_folder, delete=False) as file:
            file.write(secrets.token_urlsafe(48))
            file.flush()
            os.fsync(file.fileno())
        os.replace(file.name, path)
    return path.read_text()
