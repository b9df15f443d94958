"""Store rules for learners, pause them, delete them; each opens one transaction."""

from dataclasses import dataclass
from typing import Any

from yueke.curriculum import queries as curriculum
from yueke.kernel.outcome import Answer
from yueke.kernel.transaction import Work
from yueke.notices import operations as notices
from yueke.notices.once import Request, once
from yueke.notices.operations import Happened
from yueke.people import channels
from yueke.people import operations as people
from yueke.people import queries as people_queries
from yueke.people.models import Teacher
from yueke.people.refusals import TeacherNotFound
from yueke.supply.autobooking import wish as rules
from yueke.supply.autobooking.models import AutoRule
from yueke.supply.autobooking.refusals import (
    AutoRuleInvalid,
    AutoRuleNotFound,
    AutoRuleUnchanged,
)
from yueke.supply.autobooking.wish import Wish

# The channel by which the weekly run books.
BOOKS = "supply"


@dataclass(slots=True)
class RuleKept:
    """A rule as it is now; `is_new`: there was none for this learner and product."""

    rule_id: int
    learner_id: int
    product: str
    is_active: bool
    is_new: bool = False
    is_deleted: bool = False


def store(request: Request, *, wish: Wish, reason: str = "") -> Answer[RuleKept]:
    """Store what a learner is to have each week of a product, in place of what was stored (LP-1).

    A rule that was paused stays so. Refuses: channel_may_not, learner_not_found, product_unknown,
    auto_rule_invalid, teacher_not_found. Locks the learner, then the rule.
    """
    actor = request.actor

    def act(work: Work) -> list[RuleKept]:
        channels.require(actor, "store", "auto-rule")
        people_queries.get_learner(actor=actor, learner_id=wish.learner_id)
        work.ask(people.lock_learners(market_id=actor.market_id, learner_ids=[wish.learner_id]))
        product_id = _checked(request, wish)
        key = {
            "market_id": actor.market_id,
            "learner_id": wish.learner_id,
            "product_id": product_id,
        }
        old = AutoRule.objects.select_for_update().filter(**key).first()
        data = {"product": wish.product, "lessons": wish.lessons, "new": old is None}
        number = _tell(work, request, "auto_rule.stored", wish.learner_id, data, reason)
        rule = old or AutoRule(id=number, **key)
        _fill(rule, request, wish)
        rule.save(force_insert=old is None)
        return [RuleKept(rule.id, wish.learner_id, wish.product, rule.is_active, old is None)]

    return once(request, RuleKept, act)


def set_active(
    request: Request, *, rule_id: int, is_active: bool, reason: str = ""
) -> Answer[RuleKept]:
    """Pause a rule, or let it go on (LP-1).

    Refuses: channel_may_not, auto_rule_not_found, auto_rule_unchanged. Locks the rule.
    """

    def act(work: Work) -> list[RuleKept]:
        rule, product = _lock(request, rule_id)
        if rule.is_active == is_active:
            raise AutoRuleUnchanged(rule_id)
        rule.is_active = is_active
        rule.save(update_fields=["is_active"])
        kind = "auto_rule.resumed" if is_active else "auto_rule.paused"
        _tell(work, request, kind, rule.learner_id, {"product": product}, reason)
        return [RuleKept(rule.id, rule.learner_id, product, is_active)]

    return once(request, RuleKept, act)


def delete(request: Request, *, rule_id: int, reason: str = "") -> Answer[RuleKept]:
    """Delete a rule (LP-1). Refuses: channel_may_not, auto_rule_not_found. Locks the rule."""

    def act(work: Work) -> list[RuleKept]:
        rule, product = _lock(request, rule_id)
        rule.delete()
        data = {"product": product}
        _tell(work, request, "auto_rule.deleted", rule.learner_id, data, reason)
        return [RuleKept(rule_id, rule.learner_id, product, is_active=False, is_deleted=True)]

    return once(request, RuleKept, act)


def _checked(request: Request, wish: Wish) -> int:
    """Return the product's number, if a rule may ask for this."""
    market_id = request.actor.market_id
    product = curriculum.get_product(market_id=market_id, code=wish.product)
    if not channels.may(BOOKS, "auto", product.code):
        raise AutoRuleInvalid("product")
    rules.check(wish)
    known = curriculum.facts(market_id=market_id, now=request.now)[product.code]
    if wish.asset not in known.prices:
        raise AutoRuleInvalid("asset")
    teachers = Teacher.objects.filter(market_id=market_id, id__in=wish.teachers)
    missing = set(wish.teachers) - set(teachers.values_list("id", flat=True))
    if missing:
        raise TeacherNotFound(min(missing))
    return int(product.pk)


def _fill(rule: AutoRule, request: Request, wish: Wish) -> None:
    rule.lessons = wish.lessons
    rule.times, rule.teachers, rule.tags = list(wish.times), list(wish.teachers), list(wish.tags)
    rule.is_spread, rule.skips_holidays = wish.is_spread, wish.skips_holidays
    rule.asset = wish.asset
    rule.channel = request.actor.channel
    rule.actor_kind, rule.actor_id = request.actor.kind, request.actor.id
    rule.stored_at = request.now


def _lock(request: Request, rule_id: int) -> tuple[AutoRule, str]:
    channels.require(request.actor, "store", "auto-rule")
    market_id = request.actor.market_id
    rules = AutoRule.objects.select_for_update().filter(market_id=market_id, id=rule_id)
    rule = rules.first()
    if rule is None:
        raise AutoRuleNotFound(rule_id)
    return rule, curriculum.codes(market_id=market_id)[rule.product_id]


def _tell(
    work: Work, request: Request, kind: str, learner_id: int, data: dict[str, Any], reason: str
) -> int:
    event = Happened(0, kind, request.actor, reason, learner_id=learner_id, data=data)
    notices.append_one(work, at=request.now, event=event)
    return event.id
