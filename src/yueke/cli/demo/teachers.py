"""Teachers: where they live, what they teach, how they are liked."""

from dataclasses import dataclass

import numpy as np

from yueke.cli.demo import names
from yueke.cli.demo.columns import Flags, Floats, Ints, Texts, pick
from yueke.cli.demo.size import Size
from yueke.cli.demo.tables import rows
from yueke.kernel.columns import texts
from yueke.people.queries import CHINESE

_TAGS = ("phonics", "gentle", "exam", "kids", "science")
_TAGGED = (0.3, 0.4, 0.2, 0.45, 0.15)
_LEVEL7 = 0.3
_SPECIAL = 0.3


@dataclass(frozen=True, kw_only=True)
class Teachers:
    """One row a teacher: those of one-to-one lessons first. `zones` are places in their table.

    They may teach the levels from `lowest` to `highest`; `skills` and `tags` are array literals.
    """

    names: Texts
    zones: Ints
    ratings: Ints
    lowest: Ints
    highest: Ints
    skills: Texts
    tags: Texts

    @property
    def count(self) -> int:
        """How many."""
        return len(self.zones)


def make(*, size: Size, rng: np.random.Generator) -> Teachers:
    """Make the teachers; the first is the demo's login."""
    count = size.teachers
    weights = np.array([float(row["weight"]) for row in rows("zones")])
    zones = pick(rng, weights, count)
    zones[0] = [row["zone"] for row in rows("zones")].index("America/New_York")
    lowest = rng.integers(1, 4, count)
    highest = np.minimum(6, lowest + rng.integers(2, 6, count))
    # The demo's teacher, and one in each company however small, may teach every level.
    lowest[[0, size.singles.teachers]] = 1
    highest[[0, size.singles.teachers]] = 6
    in_fours = np.arange(count) >= size.singles.teachers
    # Drawn in this order, so that the README's teacher keeps her name.
    called = names.teachers(rng, count)
    ratings = (420 + np.round(80 * rng.beta(4, 2, count))).astype(np.int16)
    return Teachers(
        names=called,
        zones=zones,
        ratings=ratings,
        lowest=lowest,
        highest=highest,
        skills=_skills(in_fours, lowest, highest, rng),
        tags=_tags(zones, rng),
    )


def _skills(in_fours: Flags, lowest: Ints, highest: Ints, rng: np.random.Generator) -> Texts:
    level7 = rng.random(len(lowest)) < _LEVEL7
    special = rng.random(len(lowest)) < _SPECIAL
    found = []
    for fours, low, high, with7, with_special in zip(
        in_fours, lowest, highest, level7, special, strict=True
    ):
        skills = [f"major:{level}" for level in range(low, high + 1)]
        if fours:
            # Beginners of a batch are a level of their own, below the first.
            skills += [f"major4:{level}" for level in range(low - (low == 1), high + 1)]
        if with7 and high == 6:
            skills.append("level7:7")
        if with_special:
            skills += [f"special:{level}" for level in (1, 2, 3)]
            skills += [f"allround:{level}" for level in (0, 1, 2)]
        # Whoever teaches level 1 or 4 takes trials there.
        skills += [f"trial:{level}" for level in (1, 4) if not fours and low <= level <= high]
        found.append(texts(skills))
    return np.array(found, object)


def _tags(zones: Ints, rng: np.random.Generator) -> Texts:
    native = np.array([row["native"] == "x" for row in rows("zones")])[zones]
    chinese = np.array([row["zone"] == "Asia/Shanghai" for row in rows("zones")])[zones]
    drawn: Floats = rng.random((len(zones), len(_TAGS)))
    found = []
    for is_native, is_chinese, draws in zip(
        native, chinese, drawn < np.array(_TAGGED), strict=True
    ):
        tags = [tag for tag, has in zip(_TAGS, draws, strict=True) if has]
        origin = ["native"] * bool(is_native) + [CHINESE] * bool(is_chinese)
        found.append(texts(origin + tags))
    return np.array(found, object)
