"""Read what learners have lost."""

from collections import Counter
from collections.abc import Collection
from datetime import datetime

from yueke.kernel.actor import Actor
from yueke.people import channels
from yueke.people import queries as people
from yueke.supply.catchups.lost import Lost, list_lost, lost_of


def lost_lessons(*, actor: Actor, learner_id: int, now: datetime) -> list[Lost]:
    """Return what a learner lost lately and has not caught up on, the latest first (LP-10).

    Refuses: channel_may_not, learner_not_found.
    """
    channels.require(actor, "see", "lost")
    people.get_learner(actor=actor, learner_id=learner_id)
    return list_lost(market_id=actor.market_id, learner_id=learner_id, now=now)


def count_lost(*, actor: Actor, learner_ids: Collection[int], now: datetime) -> Counter[int]:
    """Return by learner how many lessons were lost lately and are not caught up on (LP-10).

    Refuses: channel_may_not.
    """
    channels.require(actor, "see", "lost")
    found = lost_of(market_id=actor.market_id, learner_ids=learner_ids, now=now)
    return Counter(one.learner_id for one in found)
