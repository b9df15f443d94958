"""Read rules within a caller's reach."""

from django.db.models import QuerySet

from yueke.kernel.actor import Actor
from yueke.people import channels
from yueke.supply.autobooking.models import AutoRule
from yueke.supply.autobooking.refusals import AutoRuleNotFound


def list_rules(
    *,
    actor: Actor,
    learner_id: int | None = None,
    is_active: bool | None = None,
    before_id: int | None = None,
) -> QuerySet[AutoRule]:
    """Return rules, the last made first (LP-1).

    `before_id` is the number that ended the page before. Refuses: channel_may_not.
    """
    channels.require(actor, "see", "auto-rules")
    found = AutoRule.objects.filter(market_id=actor.market_id).order_by("-id")
    if learner_id is not None:
        found = found.filter(learner_id=learner_id)
    if is_active is not None:
        found = found.filter(is_active=is_active)
    if before_id is not None:
        found = found.filter(id__lt=before_id)
    return found


def get_rule(*, actor: Actor, rule_id: int) -> AutoRule:
    """Return a rule. Refuses: channel_may_not, auto_rule_not_found."""
    found = list_rules(actor=actor).filter(id=rule_id).first()
    if found is None:
        raise AutoRuleNotFound(rule_id)
    return found
