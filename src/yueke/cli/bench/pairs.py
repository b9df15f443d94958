"""Pairs of a learner and an open slot whose teacher may teach them: what a bench books."""

import random
from datetime import datetime
from typing import NamedTuple

from yueke.cli.bench import ground
from yueke.kernel import sql


class Pair(NamedTuple):
    """One booking to be made."""

    learner_id: int
    teacher_id: int
    starts_at: datetime
    course_id: int
    lot_id: int


def choose(*, count: int, seed: int) -> list[Pair]:
    """Return up to `count` pairs, each slot once, each learner a few times, in random order."""
    with ground.connect() as link:
        link.execute("SELECT setseed(%s)", (seed % 1000 / 1000,))
        rows = link.execute(sql.load(__package__, "choose_pairs"), (count,)).fetchall()
    pairs = [Pair(*row) for row in rows]  # type: ignore[arg-type]
    random.Random(seed).shuffle(pairs)
    return pairs


def rivals(*, parents: int, slots: int) -> list[Pair]:
    """Return pairs of `parents` learners, none twice, spread over `slots` slots at one time."""
    with ground.connect() as link:
        rows = link.execute(sql.load(__package__, "choose_rivals"), (slots, parents)).fetchall()
    return [Pair(*row) for row in rows]  # type: ignore[arg-type]
