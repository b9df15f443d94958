"""Load the SQL of a room from its `sql` folder, by name."""

from functools import cache
from importlib import resources
from typing import LiteralString


@cache
def load(package: str, name: str) -> LiteralString:
    """Return the text of `<package>/sql/<name>.sql`."""
    return resources.files(package).joinpath("sql", f"{name}.sql").read_text("utf-8")


@cache
def compose(names: tuple[tuple[str, str], ...]) -> LiteralString:
    """Return one statement that carries out several, given as (package, name), side by side."""
    parts = [f"part_{place} AS (\n{load(*name)})" for place, name in enumerate(names)]
    return f"WITH {', '.join(parts)} SELECT 1"
