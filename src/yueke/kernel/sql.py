"""Load the SQL of a room from its `sql` folder, by name, alone or several as one statement."""

import re
from collections.abc import Iterable
from functools import cache
from importlib import resources
from typing import LiteralString

Name = tuple[str, str]
Columns = tuple[LiteralString, ...]


@cache
def load(package: str, name: str) -> LiteralString:
    """Return the text of `<package>/sql/<name>.sql`."""
    return resources.files(package).joinpath("sql", f"{name}.sql").read_text("utf-8")


@cache
def numbered(package: str, name: str) -> LiteralString:
    """Return the text with its placeholders as the server reads them: `$1` and so on."""
    [text] = _numbered([load(package, name)])
    return text


@cache
def writes_of(names: tuple[Name, ...], places: tuple[int, ...]) -> LiteralString:
    """Return one statement that carries out several, given as (package, name), side by side.

    They change rows and return none; `places` says of each placeholder which value it stands for.
    """
    first, *others = _side_by_side(names).split("%s")
    pairs = zip(places, others, strict=True)
    return first + "".join(f"${place + 1}{other}" for place, other in pairs)


@cache
def array_types(names: tuple[Name, ...]) -> list[str]:
    """Return of each placeholder of such statements the type of its array; empty of one value."""
    return re.findall(r"%s(?:::(\w+)\[\])?", _side_by_side(names))


@cache
def reads_of(questions: tuple[tuple[str, str, Columns], ...]) -> LiteralString:
    """Return one statement that answers several, given as (package, name, columns)."""
    return reads((load(package, name), columns) for package, name, columns in questions)


def reads(texts: Iterable[tuple[LiteralString, Columns]]) -> LiteralString:
    """Return one statement out of texts that return rows: JSON arrays of their columns, or null.

    Rows as objects, each with its names, would take the server several times as long to write.
    """
    asked = list(texts)
    numbered = _numbered(text for text, _ in asked)
    parts = [
        f"(SELECT json_build_array({_arrays(columns)}) FROM (\n{text}) answer)::text"
        for text, (_, columns) in zip(numbered, asked, strict=True)
    ]
    return f"SELECT {', '.join(parts)}"


@cache
def names_in(package: str, name: str) -> list[str]:
    """Return the names of a statement's named placeholders, each once, as they first come."""
    return list(dict.fromkeys(re.findall(r"%\((\w+)\)s", load(package, name))))


def _side_by_side(names: tuple[Name, ...]) -> LiteralString:
    parts = [f"part_{place} AS (\n{load(*name)})" for place, name in enumerate(names)]
    return f"WITH {', '.join(parts)} SELECT 1"


def _arrays(columns: Columns) -> LiteralString:
    return ", ".join(f"json_agg(answer.{column})" for column in columns)


def _numbered(texts: Iterable[LiteralString]) -> list[LiteralString]:
    """Write placeholders as the server reads them, so that the driver need not on each call.

    What is named in a text has one number there, however often it comes.
    """
    numbered = []
    last = 0
    for text in texts:
        first, *others = re.split(r"%(?:\((\w+)\))?s", text)
        numbers: dict[str, int] = {}
        for name, rest in zip(others[::2], others[1::2], strict=True):
            number = numbers.get(name) if name else None
            if number is None:
                number = last = last + 1
                numbers[name] = number
            first += f"${number}{rest}"
        numbered.append(first)
    return numbered
