"""Lock people before their time or wallet is changed, inside the caller's transaction."""

from collections.abc import Iterable

from yueke.kernel.columns import numbers
from yueke.kernel.transaction import Rows, Work


def lock_learners(work: Work, *, market_id: int, learner_ids: Iterable[int]) -> Rows:
    """Lock learners by id and return rows of id, family id.

    Whoever changes a learner's time or wallet holds this lock first: it is the first of the
    written order learners, slots, lessons.
    """
    return work.run(__package__, "lock_learners", (market_id, numbers(sorted(learner_ids))))


def live_keys(work: Work, *, key_ids: Iterable[int]) -> Rows:
    """Return the ids, among these, of API keys that are not revoked."""
    return work.run(__package__, "live_keys", (numbers(key_ids),))
