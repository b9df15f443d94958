"""What stones are earned for: kinds of events of the log, or a cause that a caller names.

A booking is none: it can be cancelled free of charge, and made again.
"""

import csv
from dataclasses import dataclass
from functools import cache
from importlib import resources

from yueke.notices.reader import Logged

NAMED = "named"


@dataclass(frozen=True)
class Cause:
    """One row of the table; all but `named` are kinds of events."""

    cause: str
    name_zh: str
    name_en: str


@cache
def causes() -> dict[str, Cause]:
    """Return every cause by its code."""
    text = resources.files(__package__).joinpath("causes.csv").read_text("utf-8")
    return {row["cause"]: Cause(**row) for row in csv.DictReader(text.splitlines())}


def cause_of(event: Logged) -> str:
    """Return what an event is a cause by: its lesson, so that a finish taken back earns once."""
    return f"event:{event.id}" if event.lesson_id is None else f"lesson:{event.lesson_id}"
