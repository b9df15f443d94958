"""Carry out a command once for its request key; the outcome and the effect commit together."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar

from yueke.kernel import outcome
from yueke.kernel.actor import Actor
from yueke.kernel.outcome import Answer
from yueke.kernel.refusal import Refusal
from yueke.kernel.transaction import Work, all_or_nothing, rehearse
from yueke.notices import operations as notices
from yueke.notices.operations import Answered, Key
from yueke.notices.refusals import RequestKeyReused
from yueke.notices.tries import tried

Done = TypeVar("Done")


@dataclass(frozen=True, slots=True)
class Request:
    """Who asks, under which key, and the SHA-256 of what was asked, at what moment.

    With `dry_run` the answer tells what would happen, and nothing does.
    """

    actor: Actor
    key: str
    body_hash: bytes
    now: datetime
    dry_run: bool = False

    @property
    def request_key(self) -> Key:
        """Whose key it is."""
        return Key(self.actor.kind, self.actor.id, self.key)


def once(
    request: Request, done: type[Done], act: Callable[[Work], Sequence[Done | Refusal]]
) -> Answer[Done]:
    """Open one transaction and carry out `act`, or give the answer it gave before.

    A refusal that `act` raises becomes the one result, and whatever `act` wrote before it is taken
    back. A dry run carries it out as well, and takes everything back. Refuses: request_key_reused.
    """
    if request.dry_run:
        with rehearse() as work:
            return Answer(_results(work, act))
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
    results = _results(work, act)
    answered = Answered(request.request_key, request.body_hash, outcome.dump(results))
    notices.remember(work, at=request.now, answers=[answered])
    return Answer(results)


def _results(work: Work, act: Callable[[Work], Sequence[Done | Refusal]]) -> list[Done | Refusal]:
    try:
        with all_or_nothing():
            return list(act(work))
    except Refusal as refusal:
        return [refusal.as_answer()]
