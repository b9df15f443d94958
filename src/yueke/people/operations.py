"""Lock people before their time or wallet is changed, inside the caller's transaction."""

from collections.abc import Iterable
from dataclasses import dataclass

from yueke.kernel.columns import numbers
from yueke.kernel.transaction import Question


@dataclass(slots=True)
class LockedLearner:
    """A learner whose time and wallet nobody else changes meanwhile."""

    id: int
    family_id: int


@dataclass(slots=True)
class LiveKey:
    """An API key that is not revoked."""

    id: int


def lock_learners(*, market_id: int, learner_ids: Iterable[int]) -> Question:
    """Lock learners in order of id; rows are LockedLearner.

    Whoever changes a learner's time or wallet holds this lock first: it is the first of the
    written order learners, teachers, slots, lessons.
    """
    params = (market_id, numbers(sorted(learner_ids)))
    return Question(__package__, "lock_learners", params, LockedLearner)


@dataclass(slots=True)
class LockedTeacher:
    """A teacher whose skills, tags and rating nobody changes meanwhile."""

    id: int


def lock_teachers(*, market_id: int, teacher_ids: Iterable[int]) -> Question:
    """Lock teachers in order of id; rows are LockedTeacher.

    Whoever makes slots, which are to tell what their teachers can do, holds this lock before any
    slot: who changes a teacher holds the teacher when changing the slots.
    """
    params = (market_id, numbers(sorted(teacher_ids)))
    return Question(__package__, "lock_teachers", params, LockedTeacher)


@dataclass(slots=True)
class Skilled:
    """What a teacher teaches."""

    id: int
    skills: frozenset[str]


def skills_of(*, market_id: int, teacher_ids: Iterable[int]) -> Question:
    """Ask what teachers teach; rows are Skilled."""
    return Question(__package__, "skills_of", (market_id, numbers(teacher_ids)), Skilled)


def live_keys(*, key_ids: Iterable[int]) -> Question:
    """Ask which of these API keys are not revoked; rows are LiveKey."""
    return Question(__package__, "live_keys", (numbers(key_ids),), LiveKey)
