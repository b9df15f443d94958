"""Is there room on the disk for what is about to be written."""

import shutil
from pathlib import Path

from yueke.cli import embedded
from yueke.cli.cannot_run import CannotRun
from yueke.kernel import database_url

MB = 1024 * 1024
FIRST_START_MB = 1_000
LATER_START_MB = 200


def check_space(*, folder: Path) -> None:
    """Raise a sentence if the disk of the data folder is too full to start on."""
    if not database_url.is_embedded():
        return
    first = not embedded.postgres_folder(folder).exists()
    needed_mb = FIRST_START_MB if first else LATER_START_MB
    existing = next(path for path in (folder, *folder.parents) if path.exists())
    free_mb = shutil.disk_usage(existing).free // MB
    if free_mb < needed_mb:
        raise CannotRun(
            f"The disk of {folder} has {free_mb} MB free, and Yueke needs {needed_mb} MB to start: "
            "free some space, or set YUEKE_DATA to a folder on another disk."
        )
