"""Slots, and what became of those a command named."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from yueke.api.problems import problem
from yueke.inventory.models import Slot
from yueke.inventory.orders import Released, Targeted, Withdrawn
from yueke.kernel.grid import show_instant
from yueke.kernel.outcome import Answer
from yueke.kernel.refusal import Refusal


def slot(row: Slot) -> dict[str, Any]:
    """Return a teacher's half-hour; while it is booked, it goes at no time."""
    until = None if row.state == Slot.State.BOOKED else row.reserved_until
    return {
        "starts_at": show_instant(row.starts_at),
        "state": row.state,
        "target_kind": row.target_kind,
        "reserved_until": None if until is None else show_instant(until),
    }


def slot_results(answer: Answer[Any], *, starts: Sequence[datetime] = ()) -> dict[str, Any]:
    """Return the outcome of each half-hour; a command refused whole is raised.

    It was refused whole if its one refusal is about none of the `starts` it named.
    """
    only = answer.results[0] if len(answer.results) == 1 else None
    if isinstance(only, Refusal) and only.facts().get("starts_at") not in starts:
        raise only
    return {"results": [_result(one) for one in answer.results]}


def _result(one: Released | Withdrawn | Targeted | Refusal) -> dict[str, Any]:
    if isinstance(one, Refusal):
        return problem(one)
    return {"starts_at": show_instant(one.starts_at), "outcome": _outcome(one)}


def _outcome(one: Released | Withdrawn | Targeted) -> str:
    if isinstance(one, Released):
        return "released" if one.is_new else "there_already"
    return "withdrawn" if isinstance(one, Withdrawn) else "targeted"
