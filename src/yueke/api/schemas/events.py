"""What happened."""

from typing import Any

from ninja import Schema


class EventOut(Schema):
    """What happened: who, through which channel, when, why, to whose lesson or slot.

    `actor` is the id of a key or a login; jobs have none.
    """

    id: str
    at: str
    kind: str
    channel: str
    actor_kind: str
    actor: str | None
    reason: str
    lesson: str | None
    learner: str | None
    teacher: str | None
    starts_at: str | None
    data: dict[str, Any]


class EventsOut(Schema):
    """A page of events: of a lesson or slot first to last, of a learner last to first."""

    events: list[EventOut]
    next: str | None
