"""What a refusal says to a person: what happened, why, and what to try."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext

from yueke.kernel.refusal import Refusal
from yueke.portals import amounts, moments, sentence_table
from yueke.portals.sentence_row import Row


@dataclass(frozen=True)
class Sentence:
    """The three parts of a refusal in the language of the moment; `why` may be empty."""

    happened: str
    why: str
    suggestion: str


def fact_words(*, name: str, value: Any, facts: dict[str, Any], zone: str) -> str:
    """Return one fact as a person reads it: times in the zone, amounts with their unit."""
    if isinstance(value, datetime):
        return moments.moment_words(instant=value, zone=zone, this_year=timezone.now().year)
    if name in {"needed", "available"}:
        return amounts.amount_words(value=value, asset=facts["asset"])
    if name == "asset" and value in amounts.NAMES:
        return str(amounts.NAMES[value])
    return str(value)


def sentence(*, refusal: Refusal, zone: str) -> Sentence:
    """Return the refusal's sentence with its facts filled in."""
    facts = refusal.facts()
    words = {
        name: fact_words(name=name, value=value, facts=facts, zone=zone)
        for name, value in facts.items()
    }
    row = _row(refusal.code, facts)
    return Sentence(
        happened=str(row.happened) % words,
        why=str(row.why) % words,
        suggestion=str(row.suggestion) % words,
    )


def words_of_code(*, code: str) -> str:
    """Return in a few words what a refusal said whose facts were not kept."""
    row = sentence_table.SENTENCES.get(code)
    happened = str(row.happened) if row else "%"
    return gettext("refused") if "%" in happened else happened.rstrip(".。")


def _row(code: str, facts: dict[str, Any]) -> Row:
    row = sentence_table.SENTENCES[code]
    if code not in sentence_table.CASES:
        return row
    case_of, cases = sentence_table.CASES[code]
    return cases.get(case_of(facts), row)
