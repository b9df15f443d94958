"""Append to the log, and keep the answers of requests, inside the caller's transaction."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, NamedTuple

from yueke.kernel.actor import Actor
from yueke.kernel.columns import documents, instants, numbers, texts
from yueke.kernel.outcome import json_text
from yueke.kernel.transaction import Question, Work


@dataclass(slots=True)
class Happened:
    """One event to be written; `id` is a number from `next_ids`, 0 until it has one."""

    id: int
    kind: str
    actor: Actor
    reason: str = ""
    lesson_id: int | None = None
    learner_id: int | None = None
    teacher_id: int | None = None
    starts_at: datetime | None = None
    data: dict[str, Any] = field(default_factory=dict)


class Key(NamedTuple):
    """Whose request it is, and the key they gave it."""

    actor_kind: str
    actor_id: int
    key: str


class Answered(NamedTuple):
    """A request's key, the SHA-256 of its body, and the outcome as JSON text."""

    key: Key
    body_hash: bytes
    outcome: str


@dataclass(slots=True)
class Number:
    """A number for a row about to be written."""

    id: int


@dataclass(slots=True)
class Recalled:
    """An answer given before: the SHA-256 of what was asked, in hex, and the outcome as JSON."""

    actor_kind: str
    actor_id: int
    key: str
    body_hash: str
    outcome: str


def next_ids(*, count: int) -> Question:
    """Take `count` numbers; rows are Number."""
    return Question(__package__, "next_ids", (count,), Number)


def append(work: Work, *, market_id: int, at: datetime, events: Sequence[Happened]) -> None:
    """Append events of one market and moment, in the order of their ids."""
    if not events:
        return
    work.write(
        __package__,
        "append_events",
        (
            market_id,
            at,
            numbers(e.id for e in events),
            texts(e.kind for e in events),
            texts(e.actor.channel for e in events),
            texts(e.actor.kind for e in events),
            numbers(e.actor.id for e in events),
            texts(e.reason for e in events),
            numbers(e.lesson_id for e in events),
            numbers(e.learner_id for e in events),
            numbers(e.teacher_id for e in events),
            instants(e.starts_at for e in events),
            json_text([e.data for e in events]),
        ),
    )


def append_new(work: Work, *, at: datetime, events: Sequence[Happened]) -> None:
    """Append events of one moment in any markets, each with a number of its own, given to it."""
    if not events:
        return
    [numbers] = work.ask(next_ids(count=len(events))).fetch()
    of_market: dict[int, list[Happened]] = {}
    for event, number in zip(events, numbers, strict=True):
        event.id = number.id
        of_market.setdefault(event.actor.market_id, []).append(event)
    for market_id, its_events in of_market.items():
        append(work, market_id=market_id, at=at, events=its_events)


def append_one(work: Work, *, at: datetime, event: Happened) -> None:
    """Append a single event with a number of its own, which `event` is given."""
    append_new(work, at=at, events=[event])


def recall(*, keys: Sequence[Key]) -> Question:
    """Ask for the answers already given; rows are Recalled."""
    params = (
        texts(k.actor_kind for k in keys),
        numbers(k.actor_id for k in keys),
        texts(k.key for k in keys),
    )
    return Question(__package__, "recall", params, Recalled)


def remember(work: Work, *, at: datetime, answers: Sequence[Answered]) -> None:
    """Keep the answers; a key that has one already fails the transaction (I-6)."""
    if not answers:
        return
    # In one order everywhere: two lists that share keys must not wait for each other.
    answers = sorted(answers)
    work.write(
        __package__,
        "remember",
        (
            at,
            texts(a.key.actor_kind for a in answers),
            numbers(a.key.actor_id for a in answers),
            texts(a.key.key for a in answers),
            texts(a.body_hash.hex() for a in answers),
            documents(a.outcome for a in answers),
        ),
    )
