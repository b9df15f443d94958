"""Pairing at entry against exact answers: as many as can be, then those who wait longest."""

import random
from datetime import UTC, datetime, timedelta
from itertools import combinations, permutations

import pytest

from yueke.supply.matching.rules import Candidate, Entrant, pair

NOW = datetime(2030, 1, 7, 11, tzinfo=UTC)
SKILLS = ["trial:0", "trial:1", "trial:2"]


def some_learners(chance: random.Random) -> list[Entrant]:
    """Return up to five learners who wait."""
    return [
        Entrant(
            seat_id=100 + number,
            skill=chance.choice(SKILLS),
            entered_at=NOW - timedelta(seconds=chance.randrange(0, 600, 10)),
            known=frozenset(chance.sample(range(6), chance.randrange(3))),
        )
        for number in range(chance.randrange(1, 6))
    ]


def some_teachers(chance: random.Random) -> list[Candidate]:
    """Return up to five teachers."""
    return [
        Candidate(
            teacher_id=number,
            skills=frozenset(chance.sample(SKILLS, chance.randrange(1, 4))),
            rating=chance.randrange(400, 500),
            held=chance.random() < 0.5,
        )
        for number in range(chance.randrange(1, 6))
    ]


def possible(chosen: tuple[Entrant, ...], teachers: list[Candidate]) -> bool:
    """Tell whether these learners could all be taught at once."""
    return any(
        all(one.skill in other.skills for one, other in zip(chosen, order, strict=True))
        for order in permutations(teachers, len(chosen))
    )


def best_sets(learners: list[Entrant], teachers: list[Candidate]) -> list[float]:
    """Return what the best set of learners have waited, each, longest first."""
    for size in range(min(len(learners), len(teachers)), 0, -1):
        found = [one for one in combinations(learners, size) if possible(one, teachers)]
        if found:
            return max(_waited(one) for one in found)
    return []


def _waited(chosen: tuple[Entrant, ...]) -> list[float]:
    return sorted(((NOW - one.entered_at).total_seconds() for one in chosen), reverse=True)


@pytest.mark.parametrize("seed", range(12))
def test_pairs_are_exact_on_small_instances(seed: int) -> None:
    chance = random.Random(seed)
    for _ in range(100):
        learners, teachers = some_learners(chance), some_teachers(chance)
        pairs = pair(learners, teachers, now=NOW)
        by_seat = {one.seat_id: one for one in learners}
        by_id = {other.teacher_id: other for other in teachers}
        assert len(set(pairs.values())) == len(pairs)
        assert all(by_seat[s].skill in by_id[t].skills for s, t in pairs.items())
        best = best_sets(learners, teachers)
        assert sum(_waited(tuple(by_seat[seat] for seat in pairs))) == sum(best), (
            learners,
            teachers,
        )
        assert len(pairs) == len(best)


def test_a_teacher_who_is_known_is_given_before_a_better_one() -> None:
    learners = [
        Entrant(1, "trial:0", NOW, frozenset({8})),
        Entrant(2, "trial:0", NOW, frozenset()),
    ]
    teachers = [
        Candidate(7, frozenset({"trial:0"}), 499),
        Candidate(8, frozenset({"trial:0"}), 450),
    ]
    assert pair(learners, teachers, now=NOW) == {1: 8, 2: 7}
    assert pair(learners[:1], teachers, now=NOW) == {1: 8}


def test_who_is_held_is_given_before_who_is_only_free() -> None:
    learners = [Entrant(1, "trial:0", NOW), Entrant(2, "trial:1", NOW)]
    every = frozenset({"trial:0", "trial:1"})
    teachers = [
        Candidate(7, every, 499, held=False),
        Candidate(8, every, 450),
        Candidate(9, every, 440),
    ]
    assert set(pair(learners, teachers, now=NOW).values()) == {8, 9}
