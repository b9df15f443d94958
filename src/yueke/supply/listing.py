"""Narrow what a learner asks of a teacher: lesson requests, contracts."""

from typing import TypeVar

from django.db.models import Model, QuerySet

from yueke.kernel.actor import Actor

Asked = TypeVar("Asked", bound=Model)


def narrowed(
    rows: QuerySet[Asked],
    *,
    actor: Actor,
    learner_id: int | None,
    teacher_id: int | None,
    state: str | None,
    before_id: int | None,
) -> QuerySet[Asked]:
    """Return rows of the actor's market, newest first; a teacher's key or login sees their own.

    `before_id` is the number that ended the page before.
    """
    found = rows.filter(market_id=actor.market_id).order_by("-id")
    asked = {
        "teacher_id": teacher_id,
        "learner_id": learner_id,
        "state": state,
        "id__lt": before_id,
    }
    if actor.teacher_id is not None:
        found = found.filter(teacher_id=actor.teacher_id)
    return found.filter(**{name: value for name, value in asked.items() if value is not None})
