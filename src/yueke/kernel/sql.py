"""Load the SQL of a room from its `sql` folder, by name, alone or several as one statement."""

import re
from collections.abc import Iterable
from functools import cache
from importlib import resources
from typing import LiteralString

Name = tuple[str, str]


@cache
def load(package: str, name: str) -> LiteralString:
    """Return the text of `<package>/sql/<name>.sql`."""
    return resources.files(package).joinpath("sql", f"{name}.sql").read_text("utf-8")


@cache
def numbered(package: str, name: str) -> LiteralString:
    """Return the text with its placeholders as the server reads them: `$1` and so on."""
    return _numbered(load(package, name))


@cache
def writes_of(names: tuple[Name, ...]) -> LiteralString:
    """Return one statement that carries out several, given as (package, name), side by side."""
    return writes(load(*name) for name in names)


@cache
def reads_of(names: tuple[Name, ...]) -> LiteralString:
    """Return one statement that answers several, given as (package, name)."""
    return reads(load(*name) for name in names)


def writes(texts: Iterable[LiteralString]) -> LiteralString:
    """Return one statement out of texts that change rows and return none."""
    parts = [f"part_{place} AS (\n{text})" for place, text in enumerate(texts)]
    return _numbered(f"WITH {', '.join(parts)} SELECT 1")


def reads(texts: Iterable[LiteralString]) -> LiteralString:
    """Return one statement out of texts that return rows: a column each, rows as JSON objects."""
    parts = [f"(SELECT json_agg(answer) FROM (\n{text}) answer)::text" for text in texts]
    return _numbered(f"SELECT {', '.join(parts)}")


@cache
def names_in(package: str, name: str) -> list[str]:
    """Return the names of a statement's named placeholders, one for each place."""
    return re.findall(r"%\((\w+)\)s", load(package, name))


def _numbered(text: LiteralString) -> LiteralString:
    """Write placeholders as the server reads them, so that the driver need not on each call."""
    first, *others = re.split(r"%(?:\(\w+\))?s", text)
    return first + "".join(f"${place}{other}" for place, other in enumerate(others, start=1))
