"""Load the SQL of a room from its `sql` folder, by name."""

from functools import cache
from importlib import resources
from typing import LiteralString


@cache
def load(package: str, name: str) -> LiteralString:
    """Return the text of `<package>/sql/<name>.sql`."""
    return resources.files(package).joinpath("sql", f"{name}.sql").read_text("utf-8")
