"""The folder in which the web processes of one machine find each other."""

import os
from pathlib import Path

VARIABLE = "YUEKE_WEB_FOLDER"


def web_folder() -> Path | None:
    """Return the folder, or None where there is but one process."""
    folder = os.environ.get(VARIABLE)
    return Path(folder) if folder else None
