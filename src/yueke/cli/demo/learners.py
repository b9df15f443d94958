"""Families and learners: one-to-one, one-to-four in batches, and alias accounts."""

from dataclasses import dataclass

import numpy as np

from yueke.cli.demo import names
from yueke.cli.demo.columns import Flags, Ints, Texts, pick
from yueke.cli.demo.size import Size
from yueke.cli.demo.tables import rows

# Learners at levels 1 to 6.
_LEVELS = np.array([0.2, 0.22, 0.2, 0.16, 0.12, 0.1])
_SIBLINGS = 0.08
_ALIASES_WITH_CREDITS = 0.6
_SPECIAL = 0.2
_HIGHEST = 6
LEVEL7 = 0.6
CREDITS_ONE_TO_ONE_MAX = 120


@dataclass(frozen=True, kw_only=True)
class Families:
    """One row a family; alias families come last, in the order of their learners."""

    names: Texts
    phones: Texts


@dataclass(frozen=True, kw_only=True)
class Learners:
    """One row a learner: one-to-one first, then one-to-four, then alias accounts.

    `levels` are of the major course, `four_levels` of lessons in fours, or -1; `credits` is
    what is left.
    """

    names: Texts
    pinyin: Texts
    english: Texts
    family: Ints
    levels: Ints
    four_levels: Ints
    done: Ints
    level7: Flags
    special: Ints
    credits: Ints

    @property
    def count(self) -> int:
        """How many, alias accounts with them."""
        return len(self.family)


def make(*, size: Size, rng: np.random.Generator) -> tuple[Families, Learners]:
    """Make the families and their learners; the first two learners' family is the demo parent's."""
    count = size.learners
    family = _families_of(size, rng)
    surname = names.surnames(rng, int(family.max()) + 1)
    full, typed = names.chinese(rng, surname[family])
    english = names.children(rng, count)
    parents, _ = names.chinese(rng, surname)
    phones = _phones(len(surname))
    original = _originals(size, family, rng)
    everyone = np.concatenate([np.arange(count), original])
    levels, four_levels, done = _progress(size, rng)
    families = Families(
        names=np.concatenate([parents, parents[family[original]]]),
        phones=np.concatenate([phones, _written_otherwise(phones[family[original]])]),
    )
    learners = Learners(
        names=full[everyone],
        pinyin=typed[everyone],
        english=english[everyone],
        family=np.concatenate([family, len(surname) + np.arange(len(original))]),
        levels=levels[everyone],
        four_levels=four_levels[everyone],
        done=done[everyone],
        level7=((levels == _HIGHEST) & (rng.random(count) < LEVEL7))[everyone],
        special=np.where(rng.random(count) < _SPECIAL, rng.integers(1, 4, count), 0)[everyone],
        credits=_credits(size, len(original), rng),
    )
    return families, learners


def _families_of(size: Size, rng: np.random.Generator) -> Ints:
    """Give each learner a family; some have a sibling, the first the first one-to-four learner."""
    leader = np.arange(size.learners)
    candidates = 1 + rng.permutation(size.learners - 1)
    candidates = candidates[candidates != size.one_to_one]
    pairs = candidates[: 2 * round(size.learners * _SIBLINGS / 2)].reshape(2, -1)
    leader[pairs.max(axis=0)] = pairs.min(axis=0)
    leader[size.one_to_one] = 0
    return np.unique(leader, return_inverse=True)[1]


def _originals(size: Size, family: Ints, rng: np.random.Generator) -> Ints:
    """Choose the one-to-four learners whose families have an alias account: one a family."""
    candidates = size.one_to_one + rng.permutation(size.one_to_four)
    _, first = np.unique(family[candidates], return_index=True)
    return np.sort(candidates[np.sort(first)][: size.aliases])


def _phones(count: int) -> Texts:
    """Numbers of the Internet of Things: they ring nobody. No two are the same."""
    spread = (np.arange(count, dtype=np.int64) * 61_195_303 + 13_800_138) % 10**8
    return np.array([f"140{number:08d}" for number in spread], object)


def _written_otherwise(phones: Texts) -> Texts:
    return np.array([f"+86 {p[:3]} {p[3:7]} {p[7:]}" for p in phones], object)


def _progress(size: Size, rng: np.random.Generator) -> tuple[Ints, Ints, Ints]:
    """Return levels in the major course, levels in fours (-1: none), and lessons done there."""
    levels = 1 + pick(rng, _LEVELS, size.learners)
    four_levels = np.where(np.arange(size.learners) < size.one_to_one, -1, levels)
    batch = rng.permutation(np.repeat(np.arange(len(size.batches)), size.batches))
    lessons_done = np.array([int(row["done"]) for row in rows("batches")])
    done = np.concatenate([rng.integers(0, 47, size.one_to_one), lessons_done[batch]])
    beginners = np.concatenate([np.zeros(size.one_to_one, bool), lessons_done[batch] == 0])
    levels[beginners] = 1
    four_levels[beginners] = 0
    return levels, four_levels, done


def _credits(size: Size, aliases: int, rng: np.random.Generator) -> Ints:
    """Return what is left: one-to-four learners fall into the seed's classes exactly."""
    single = rng.integers(0, CREDITS_ONE_TO_ONE_MAX + 1, size.one_to_one)
    single[0] = 48
    without = size.one_to_four - sum(size.credit_classes)
    in_fours = [np.zeros(without, np.int64)]
    for row, count in zip(rows("credit_classes"), size.credit_classes, strict=True):
        in_fours.append(rng.integers(int(row["least"]), int(row["most"]) + 1, count))
    four = rng.permutation(np.concatenate(in_fours))
    # The demo parent's second learner has enough, and to spend one changes no class.
    healthy = int(np.argmax((four >= 40) & (four <= 80)))
    four[[0, healthy]] = four[[healthy, 0]]
    alias = rng.integers(1, 31, aliases) * (rng.random(aliases) < _ALIASES_WITH_CREDITS)
    return np.concatenate([single, four, alias])
