"""What learning partners store for their learners, week by week."""

from typing import Any

from django.http import HttpRequest
from ninja import Router, Status

from yueke.api import answers, reading
from yueke.api.asked import DryRun, KeyHeader, request_of
from yueke.api.callers import actor_of
from yueke.api.schemas.auto_rules import (
    AutoRuleIn,
    AutoRuleKeptOut,
    AutoRuleNamedIn,
    AutoRuleOut,
    AutoRulePauseIn,
    AutoRulesOut,
)
from yueke.api.showing import auto
from yueke.api.window import Cursor, Limit
from yueke.curriculum import queries as curriculum
from yueke.kernel.outcome import Answer
from yueke.people import public_ids
from yueke.people import queries as people
from yueke.supply.autobooking import commands, queries
from yueke.supply.autobooking.commands import RuleKept
from yueke.supply.autobooking.models import AutoRule
from yueke.supply.autobooking.refusals import AutoRuleNotFound
from yueke.supply.autobooking.wish import Wish
from yueke.supply.weeks import weekly_time

router = Router(tags=["Auto-booking"])
KEPT = answers.rehearsable(AutoRuleKeptOut)


@router.get("/auto-rules", response=answers.read(AutoRulesOut), summary="List rules")
def list_rules(
    request: HttpRequest, learner: str | None = None, cursor: Cursor = None, limit: Limit = 50
) -> Any:
    """List the rules of auto-booking, of the market or of one learner, the last made first."""
    before = reading.cursor(cursor)
    found = queries.list_rules(
        actor=actor_of(request),
        learner_id=None if learner is None else reading.learner_id(learner),
        before_id=None if before is None else before[1],
    )
    rows = list(found[:limit])
    more = reading.show_cursor(0, rows[-1].pk) if len(rows) == limit else None
    return {"rules": _shown(actor_of(request).market_id, rows), "next": more}


@router.get("/auto-rules/{rule}", response=answers.read(AutoRuleOut), summary="Read a rule")
def get_rule(request: HttpRequest, rule: str) -> Any:
    """Return one rule."""
    actor = actor_of(request)
    found = queries.get_rule(actor=actor, rule_id=_rule_id(rule))
    return _shown(actor.market_id, [found])[0]


@router.post("/auto-rules", response=KEPT, summary="Store a rule")
def store(request: HttpRequest, body: AutoRuleIn, key: KeyHeader, dry_run: DryRun = None) -> Any:
    """Store what a learner is to have each week of a product, in place of what was stored."""
    wish = Wish(
        learner_id=reading.learner_id(body.learner),
        product=body.product,
        lessons=body.lessons,
        times=[weekly_time(time.weekday, time.at).half_hour for time in body.times],
        teachers=[reading.teacher_id(teacher) for teacher in body.teachers],
        tags=body.tags,
        is_spread=body.spread,
        skips_holidays=body.skips_holidays,
        asset=body.pay_with,
    )
    asked = request_of(request, key, dry_run=dry_run)
    return _kept(commands.store(asked, wish=wish, reason=body.reason), dry_run)


@router.post("/auto-rule-pauses", response=KEPT, summary="Pause a rule")
def pause(
    request: HttpRequest, body: AutoRulePauseIn, key: KeyHeader, dry_run: DryRun = None
) -> Any:
    """Pause a rule, so that nothing is booked by it, or let it go on."""
    answer = commands.set_active(
        request_of(request, key, dry_run=dry_run),
        rule_id=_rule_id(body.rule),
        is_active=not body.paused,
        reason=body.reason,
    )
    return _kept(answer, dry_run)


@router.post("/auto-rule-deletions", response=KEPT, summary="Delete a rule")
def delete(
    request: HttpRequest, body: AutoRuleNamedIn, key: KeyHeader, dry_run: DryRun = None
) -> Any:
    """Delete a rule; what was booked by it stays."""
    asked = request_of(request, key, dry_run=dry_run)
    answer = commands.delete(asked, rule_id=_rule_id(body.rule), reason=body.reason)
    return _kept(answer, dry_run)


def _rule_id(text: str) -> int:
    number = public_ids.read("aru", text)
    if number is None:
        raise AutoRuleNotFound(text[:64])
    return number


def _shown(market_id: int, rows: list[AutoRule]) -> list[dict[str, Any]]:
    products = curriculum.codes(market_id=market_id)
    learners = people.names_of_learners(ids={row.learner_id for row in rows})
    return [auto.auto_rule(row, products, learners) for row in rows]


def _kept(answer: Answer[RuleKept], dry_run: str | None) -> Any:
    done = answer.only()
    return Status(200 if dry_run else 201, auto.rule_kept(done))
