"""Read what learners have lost."""

from datetime import datetime

from yueke.kernel.actor import Actor
from yueke.people import channels
from yueke.people import queries as people
from yueke.supply.catchups.lost import Lost, list_lost


def lost_lessons(*, actor: Actor, learner_id: int, now: datetime) -> list[Lost]:
    """Return what a learner lost lately and has not caught up on, the latest first (LP-10).

    Refuses: channel_may_not, learner_not_found.
    """
    channels.require(actor, "see", "lost")
    people.get_learner(actor=actor, learner_id=learner_id)
    return list_lost(market_id=actor.market_id, learner_id=learner_id, now=now)
