"""What needs a person of a channel now, besides lessons: a heading, and a row for each."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Matter:
    """One row: when it is about, what it is, and a note. `opens` is `page` or `sheet`."""

    at: datetime
    title: str
    note: str
    url: str
    opens: str = "page"


@dataclass(frozen=True, slots=True)
class Matters:
    """One part of the queue, or the sentence that stands where there is none."""

    title: str
    none: str
    rows: list[Matter]
    more_url: str = ""
    is_trouble: bool = False
