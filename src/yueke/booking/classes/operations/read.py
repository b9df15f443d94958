"""Lock learners and classes, in the written order, and read what decides about places."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from yueke.booking.classes.refusals import ClassNotFound
from yueke.booking.classes.rules.facts import ClassFacts, LockedClass
from yueke.curriculum import operations as curriculum
from yueke.curriculum.rules import ProductFacts, read_catalogue
from yueke.kernel.actor import Actor
from yueke.kernel.columns import numbers
from yueke.kernel.transaction import Question, Work
from yueke.people.operations import LockedLearner
from yueke.wallet.rules import Holding

ROOM = __package__.rpartition(".")[0]


@dataclass(slots=True)
class Elsewhere:
    """A half-hour of a learner that is taken, and by which lesson."""

    learner_id: int
    starts_at: datetime
    lesson_id: int


def lock_waiters(*, market_id: int, class_id: int) -> Question:
    """Lock those who wait for a seat, in order of id; rows are LockedLearner."""
    return Question(ROOM, "lock_waiters", (market_id, class_id), LockedLearner)


def lock_classes(*, market_id: int, class_ids: Iterable[int]) -> Question:
    """Lock classes in order of id; rows are LockedClass."""
    params = (market_id, numbers(sorted(class_ids)))
    return Question(ROOM, "lock_classes", params, LockedClass)


def lock_class(work: Work, *, actor: Actor, class_id: int) -> LockedClass:
    """Lock one class of the caller's market, or refuse (class_not_found)."""
    question = lock_classes(market_id=actor.market_id, class_ids=[class_id])
    [rows] = work.ask(question).fetch()
    if not rows or rows[0].state == "cancelled":
        raise ClassNotFound(class_id)
    found: LockedClass = rows[0]
    return found


def busy_at_classes(*, market_id: int, asked: Collection[tuple[int, int]]) -> Question:
    """Ask where learners are at the times of classes: (learner, class); rows are Elsewhere."""
    params = (numbers(n for n, _ in asked), numbers(c for _, c in asked), market_id)
    return Question(ROOM, "busy_at_classes", params, Elsewhere)


def products(work: Work, *, market_id: int, now: datetime) -> dict[str, ProductFacts]:
    """Return what the market sells now, by code."""
    return read_catalogue(*work.ask(curriculum.catalogue(market_id=market_id, now=now)).fetch())


def note(
    facts: ClassFacts,
    *,
    learners: Sequence[LockedLearner] = (),
    classes: Sequence[LockedClass] = (),
    elsewhere: Sequence[Elsewhere] = (),
    holdings: Sequence[Holding] = (),
) -> None:
    """Put what was read among the facts."""
    facts.families.update((row.id, row.family_id) for row in learners)
    facts.classes.update((row.id, row) for row in classes)
    facts.busy.update((row.learner_id, row.starts_at) for row in elsewhere)
    facts.seated.update((row.learner_id, row.lesson_id) for row in elsewhere)
    for holding in holdings:
        if holding.role == "lot" and holding.learner_id is not None:
            facts.lots.setdefault(holding.learner_id, []).append(holding)
        elif holding.role == "spent":
            facts.spent_accounts[holding.asset] = holding.id
