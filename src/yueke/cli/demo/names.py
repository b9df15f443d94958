"""Names of people who do not exist, with their pinyin."""

import numpy as np

from yueke.cli.demo.columns import Ints, Texts, pick
from yueke.cli.demo.tables import rows

_SHORT_NAMES = 0.15


def surnames(rng: np.random.Generator, count: int) -> Ints:
    """Draw surnames, as places in their table."""
    weights = np.array([float(row["weight"]) for row in rows("surnames")])
    return pick(rng, weights, count)


def chinese(rng: np.random.Generator, surname: Ints) -> tuple[Texts, Texts]:
    """Return full names and how they are typed: `王子涵`, `wangzihan wzh`."""
    families = rows("surnames")
    firsts, lasts = _given("first"), _given("last")
    first = rng.integers(len(firsts), size=len(surname))
    last = rng.integers(len(lasts), size=len(surname))
    short = rng.random(len(surname)) < _SHORT_NAMES
    names, typed = [], []
    for s, f, e, is_short in zip(surname, first, last, short, strict=True):
        parts = [(families[s]["surname"], families[s]["pinyin"])]
        parts += [lasts[e]] if is_short else [firsts[f], lasts[e]]
        names.append("".join(character for character, _ in parts))
        sounds = [sound for _, sound in parts]
        typed.append("".join(sounds) + " " + "".join(sound[0] for sound in sounds))
    return np.array(names, object), np.array(typed, object)


def children(rng: np.random.Generator, count: int) -> Texts:
    """Draw English names of children."""
    return _drawn(rng, "child", count)


def teachers(rng: np.random.Generator, count: int) -> Texts:
    """Draw English names, first and last."""
    names: Texts = _drawn(rng, "first", count) + " " + _drawn(rng, "last", count)
    return names


def _drawn(rng: np.random.Generator, of: str, count: int) -> Texts:
    names = np.array([row["name"] for row in rows("english_names") if row["of"] == of], object)
    drawn: Texts = names[rng.integers(len(names), size=count)]
    return drawn


def _given(place: str) -> list[tuple[str, str]]:
    return [
        (row["character"], row["pinyin"]) for row in rows("given_names") if row["place"] == place
    ]
