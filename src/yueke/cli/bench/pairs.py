"""Pairs of a learner and an open slot whose teacher may teach them: what a bench books."""

import random
from collections import defaultdict
from datetime import datetime
from typing import Any, NamedTuple

from yueke.cli.bench import ground
from yueke.kernel import sql

# Of the slots sampled, some are over soon, kept for somebody, or of teachers of other products.
_SAMPLED_PER_PAIR = 3


class Pair(NamedTuple):
    """One booking to be made."""

    learner_id: int
    teacher_id: int
    starts_at: datetime
    course_id: int
    lot_id: int


class _Payer(NamedTuple):
    learner_id: int
    course_id: int
    lot_id: int


def choose(*, count: int, seed: int) -> list[Pair]:
    """Return up to `count` pairs, each slot once, each learner a few times, in random order."""
    chance = random.Random(seed)
    payers: defaultdict[str, list[_Payer]] = defaultdict(list)
    for skill, learner_id, course_id, lot_id in _rows("some_payers", ()):
        payers[skill].append(_Payer(learner_id, course_id, lot_id))
    pairs = []
    [(slots,)] = _rows("count_slots", ())
    share = min(100.0, 100 * _SAMPLED_PER_PAIR * count / max(1, slots))
    for teacher_id, starts_at, skills in _rows("some_slots", (share, seed)):
        taught = [skill for skill in skills if skill in payers]
        if taught:
            payer = chance.choice(payers[str(chance.choice(taught))])
            pairs.append(
                Pair(payer.learner_id, teacher_id, starts_at, payer.course_id, payer.lot_id)
            )
    chance.shuffle(pairs)
    return pairs[:count]


def rivals(*, parents: int, slots: int) -> list[Pair]:
    """Return pairs of `parents` learners, none twice, spread over `slots` slots at one time."""
    return [Pair(*row) for row in _rows("choose_rivals", (slots, parents))]


def _rows(name: str, params: tuple[Any, ...]) -> list[tuple[Any, ...]]:
    with ground.connect() as link:
        return link.execute(sql.load(__package__, name), params).fetchall()
