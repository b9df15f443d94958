"""A learner's rules of auto-booking: what is stored, and what next week would bring (LP-1)."""

from typing import Any

import msgspec
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_POST, require_safe

from yueke.curriculum import queries as curriculum
from yueke.people import channels
from yueke.people import queries as people
from yueke.people.models import Learner
from yueke.portals import ids
from yueke.portals.access import staff_page
from yueke.portals.asked import asked
from yueke.portals.auto_words import why_words
from yueke.portals.moments import weekly_words
from yueke.portals.product_names import product_names
from yueke.portals.staff.desk import Desk, sit_down
from yueke.portals.staff.learner import find
from yueke.portals.staff.onward import changed
from yueke.portals.tag_names import tag_name
from yueke.supply.autobooking import commands, foreseeing, queries
from yueke.supply.autobooking.models import AutoRule
from yueke.supply.autobooking.refusals import AutoRuleNotFound
from yueke.supply.runs.rows import NewRow


@staff_page
@require_safe
def auto_rules(request: HttpRequest, learner: str) -> HttpResponse:
    """Show a learner's rules, and what would be booked by them if the run were now."""
    desk = sit_down(request=request, see="auto-rules")
    person = find(desk=desk, learner=learner)
    rules = list(queries.list_rules(actor=desk.caller.actor, learner_id=person.pk))
    names = product_names(market_id=desk.market_id)
    context = {
        "desk": desk,
        "learner": person,
        "id": learner,
        "rules": _rules(desk, rules, names),
        "may_store": channels.may(desk.caller.actor.channel, "store", "auto-rule"),
        "products": _products(desk, person, rules, names),
        **_preview(desk, person, names),
    }
    return render(request, "portals/staff/auto_rules.html", context)


@staff_page
@require_POST
def auto_rule_do(request: HttpRequest, learner: str, rule: str, deed: str) -> HttpResponse:
    """Pause a rule, let it go on, or delete it."""
    desk = sit_down(request=request, see="auto-rules")
    number = ids.AUTO_RULE.read(rule)
    if number is None or deed not in ("pause", "resume", "delete"):
        raise AutoRuleNotFound(rule[:64])
    change = asked(request=request, caller=desk.caller)
    if deed == "delete":
        answer = commands.delete(change, rule_id=number)
    else:
        answer = commands.set_active(change, rule_id=number, is_active=deed == "resume")
    answer.only()
    words = {
        "pause": gettext("Paused: nothing is booked by it."),
        "resume": gettext("It goes on next Monday."),
        "delete": gettext("Deleted. What was booked stays."),
    }
    url = reverse("staff_auto_rules", args=[learner])
    return changed(request=request, text=words[deed], url=url)


def _rules(desk: Desk, rules: list[AutoRule], names: dict[str, str]) -> list[dict[str, Any]]:
    codes = curriculum.codes(market_id=desk.market_id)
    teachers = people.names_of_teachers(ids={one for rule in rules for one in rule.teachers})
    return [
        {
            "rule": rule,
            "id": ids.AUTO_RULE.show(rule.pk),
            "code": codes[rule.product_id],
            "product": names[codes[rule.product_id]],
            "times": [weekly_words(half_hour=time) for time in rule.times],
            "teachers": [teachers[one] for one in rule.teachers],
            "tags": [tag_name(tag=tag) for tag in rule.tags],
        }
        for rule in rules
    ]


def _products(
    desk: Desk, person: Learner, rules: list[AutoRule], names: dict[str, str]
) -> list[dict[str, str]]:
    """Return the products that have no rule yet and whose course is open."""
    ruled = {rule.product_id for rule in rules}
    return [
        {"code": row.product.code, "name": names[row.product.code]}
        for row in curriculum.progress_of(learner_ids=[person.pk])
        if row.product_id not in ruled and channels.may(commands.BOOKS, "auto", row.product.code)
    ]


def _preview(desk: Desk, person: Learner, names: dict[str, str]) -> dict[str, Any]:
    found = foreseeing.foresee(actor=desk.caller.actor, now=desk.caller.now, learner_id=person.pk)
    return {"week": found.week.monday, "lessons": shown_lessons(rows=found.rows, names=names)}


def shown_lessons(*, rows: list[NewRow], names: dict[str, str]) -> list[dict[str, Any]]:
    """Return foreseen lessons in words, with the names of their teachers."""
    teachers = people.names_of_teachers(ids={row.teacher_id for row in rows if row.teacher_id})
    return [
        {
            "row": row,
            "product": names[row.product],
            "teacher": teachers[row.teacher_id] if row.teacher_id else "",
            "why": why_words(why=msgspec.json.decode(row.why)),
        }
        for row in rows
    ]
