"""Carry out a command once for its request key; the outcome and the effect commit together."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar

from yueke.kernel import outcome
from yueke.kernel.actor import Actor
from yueke.kernel.outcome import Answer
from yueke.kernel.refusal import Refusal
from yueke.kernel.transaction import Work
from yueke.notices import operations as notices
from yueke.notices.operations import Answered, Key
from yueke.notices.refusals import RequestKeyReused
from yueke.notices.tries import tried

Done = TypeVar("Done")


@dataclass(frozen=True, slots=True)
class Request:
    """Who asks, under which key, and the SHA-256 of what was asked, at what moment."""

    actor: Actor
    key: str
    body_hash: bytes
    now: datetime

    @property
    def request_key(self) -> Key:
        """Whose key it is."""
        return Key(self.actor.kind, self.actor.id, self.key)


def once(
    request: Request, done: type[Done], act: Callable[[Work], Sequence[Done | Refusal]]
) -> Answer[Done]:
    """Open one transaction and carry out `act`, or give the answer it gave before.

    `act` decides before it writes: a refusal it raises becomes the one result.
    Refuses: request_key_reused.
    """
    return tried(lambda work: _past(work, request, done) or _carried_out(work, request, act))


def _past(work: Work, request: Request, done: type[Done]) -> Answer[Done] | None:
    [rows] = work.ask(notices.recall(keys=[request.request_key])).fetch()
    if not rows:
        return None
    if rows[0].body_hash != request.body_hash.hex():
        raise RequestKeyReused(request.key)
    return Answer(outcome.restore(rows[0].outcome, done), replayed=True)


def _carried_out(
    work: Work, request: Request, act: Callable[[Work], Sequence[Done | Refusal]]
) -> Answer[Done]:
    results: list[Done | Refusal]
    try:
        results = list(act(work))
    except Refusal as refusal:
        results = [refusal]
    answered = Answered(request.request_key, request.body_hash, outcome.dump(results))
    notices.remember(work, at=request.now, answers=[answered])
    return Answer(results)
