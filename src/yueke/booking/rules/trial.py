"""How many trials a learner may have: those that are cancelled leave room for another."""

from dataclasses import dataclass

from yueke.booking.refusals import TrialLimitReached
from yueke.people.policies import policies


@dataclass(slots=True)
class Trials:
    """How many trials a learner has, and how many are allowed; None: as the table says."""

    learner_id: int
    taken: int
    allowed: int | None

    def check(self) -> None:
        """Refuse one more (trial_limit_reached)."""
        limit = self.allowed
        if limit is None:
            limit = int(policies()["trial_limit"].default)
        if self.taken >= limit:
            raise TrialLimitReached(self.learner_id, limit)
