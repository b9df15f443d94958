"""A column that several writes of one statement have in common is sent, and read, once."""

from collections.abc import Sequence
from typing import Any, LiteralString

from yueke.kernel import sql

# Shorter ones are read in no time: a call of some sixteen rows has a column of this length.
_CHARACTERS_MIN = 1_000
# Each way of having columns in common is a statement of its own to prepare. The first ones are
# the usual ones; others have nothing in common.
_WAYS_MAX = 8
Places = tuple[int, ...]
_ways: dict[tuple[sql.Name, ...], set[Places]] = {}


def sent_once(
    names: tuple[sql.Name, ...], params: Sequence[Any]
) -> tuple[LiteralString, Sequence[Any]]:
    """Return the statement that carries out some writes, and its values without what is twice."""
    types = sql.array_types(names)
    columns = (one for one, type_ in zip(params, types, strict=True) if type_)
    if max(map(len, columns), default=0) >= _CHARACTERS_MIN:
        places, different = _told_apart(types, params)
        ways = _ways.setdefault(names, set())
        if len(ways) < _WAYS_MAX:
            ways.add(places)
        if places in ways:
            return sql.writes_of(names, places), different
    return sql.writes_of(names, tuple(range(len(params)))), params


def _told_apart(types: Sequence[str], params: Sequence[Any]) -> tuple[Places, list[Any]]:
    """Return of each value its place among those that differ, and these."""
    places: list[int] = []
    different: list[Any] = []
    columns: dict[tuple[str, str], int] = {}
    for type_, value in zip(types, params, strict=True):
        place = len(different)
        if type_:
            place = columns.setdefault((type_, value), place)
        if place == len(different):
            different.append(value)
        places.append(place)
    return tuple(places), different
