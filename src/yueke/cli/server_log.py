"""The log of the embedded PostgreSQL, and what its last words mean for a person."""

import os
from pathlib import Path
from typing import BinaryIO

KEEP_BYTES = 10 * 1024 * 1024
END_BYTES = 4_000

# What the log says → what happened and what to do.
MEANINGS = {
    "No space left on device": (
        "The disk of {folder} is full: free some space and start again; nothing that was "
        "confirmed is lost."
    ),
    "data directory was initialized by PostgreSQL version": (
        "{folder} was made by another version of PostgreSQL: set YUEKE_DATA to a new folder, or "
        "bring the old one over with pg_dump."
    ),
    "could not map anonymous shared memory": (
        "There is too little memory for PostgreSQL, which takes 512 MB: end other programs and "
        "start again."
    ),
    "Permission denied": (
        "PostgreSQL may not read or write {folder}: give the folder back to its owner, or set "
        "YUEKE_DATA to a folder of your own."
    ),
    "could not locate a valid checkpoint record": (
        "The files in {folder} are damaged: bring back a backup, or move the folder away to start "
        "with an empty database."
    ),
}


def path(data_folder: Path) -> Path:
    """Return where the server writes its log."""
    return data_folder / "postgres.log"


def open_log(data_folder: Path) -> BinaryIO:
    """Open the log to append to; a long one is put aside first, and the one before that dropped."""
    log = path(data_folder)
    if log.exists() and log.stat().st_size > KEEP_BYTES:
        log.replace(log.with_suffix(".log.1"))
    handle = os.open(log, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)  # it may quote rows
    return os.fdopen(handle, "ab")


def read_end(data_folder: Path) -> str:
    """Return the last lines."""
    with path(data_folder).open("rb") as file:
        file.seek(max(0, file.seek(0, os.SEEK_END) - END_BYTES))
        return file.read().decode(errors="replace")


def explain(*, text: str, folder: Path) -> str:
    """Return one sentence for what PostgreSQL wrote before it ended."""
    for words, meaning in MEANINGS.items():
        if words in text:
            return meaning.format(folder=folder)
    lines = [line for line in text.splitlines() if any(w in line for w in ("FATAL", "error:"))]
    last = lines[-1] if lines else "it gave no reason"
    return f"PostgreSQL in {folder} did not start ({last}): see {path(folder.parent)}."
