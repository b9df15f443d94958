"""Ask how many trials learners have, who are locked before."""

from collections.abc import Iterable
from datetime import datetime

from yueke.booking.rules.trial import Trials
from yueke.curriculum.rules import TRIAL
from yueke.kernel.columns import numbers
from yueke.kernel.transaction import Question

_ROOM = __package__.rpartition(".")[0]


def trials_of(*, market_id: int, now: datetime, learner_ids: Iterable[int]) -> Question:
    """Ask how many trials learners have and may have; rows are Trials."""
    params = (market_id, TRIAL, market_id, now, numbers(learner_ids))
    return Question(_ROOM, "trials", params, Trials)
