"""What happened: who, through which channel, why, and to whom, with public ids for all rows."""

from typing import Any

from yueke.kernel.grid import show_instant
from yueke.notices.models import Event
from yueke.notices.reader import Logged
from yueke.people import public_ids

_ACTORS = {"user": "usr", "key": "key"}
# The facts that are rows, and the kinds of their ids.
_FACTS = {
    "family": "fam",
    "key": "key",
    "lot": "lot",
    "was": "tch",
    "was_learner": "lrn",
    "left": "lsn",
    "unmatched_lesson": "lsn",
    "run": "arn",
    "contract": "ctr",
    "request": "lrq",
    "batch": "cpb",
    "campaign": "cmp",
    "webhook": "whk",
    "delivery": "dlv",
}
# Whom time is kept for, and the kinds of their ids.
_TARGETS = {"student": "lrn", "priority": "tch", "contract": "ctr", "request": "lrq"}
# What a lesson makes up for, and the kinds of their ids.
_LOST = {"run": "arn", "contract": "ctr", "seat": "st"}


def event(row: Event | Logged, products: dict[int, str]) -> dict[str, Any]:
    """Return what happened; `products` are the codes of the market's products."""
    actor = _ACTORS.get(row.actor_kind)
    return {
        "id": public_ids.show("ev", row.id),
        "at": show_instant(row.at),
        "kind": row.kind,
        "channel": row.channel,
        "actor_kind": row.actor_kind,
        "actor": actor and public_ids.show(actor, row.actor_id),
        "reason": row.reason,
        "lesson": _id("lsn", row.lesson_id),
        "learner": _id("lrn", row.learner_id),
        "teacher": _id("tch", row.teacher_id),
        "starts_at": None if row.starts_at is None else show_instant(row.starts_at),
        "data": _data(row.data, products),
    }


def _id(prefix: str, number: int | None) -> str | None:
    return None if number is None else public_ids.show(prefix, number)


def _data(data: dict[str, Any], products: dict[int, str]) -> dict[str, Any]:
    shown = {
        # What a policy was before is no row but a text.
        name: public_ids.show(_FACTS[name], value)
        if name in _FACTS and isinstance(value, int)
        else value
        for name, value in data.items()
    }
    # Of a lesson it tells who came, of an open class how many.
    if isinstance(data.get("came"), list):
        shown["came"] = [public_ids.show("lrn", learner) for learner in data["came"]]
    target = data.get("target")
    if target == "product":
        shown["target_id"] = products[data["target_id"]]
    elif target in _TARGETS:
        shown["target_id"] = public_ids.show(_TARGETS[target], data["target_id"])
    if data.get("lost") in _LOST:
        shown["of"] = public_ids.show(_LOST[data["lost"]], data["of"])
    return shown
