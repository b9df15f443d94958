"""Request keys around a set of orders: what was answered before, and what is answered now."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, TypeVar

from yueke.booking.orders import Order
from yueke.kernel import outcome
from yueke.kernel.outcome import Answer
from yueke.kernel.refusal import Refusal
from yueke.kernel.transaction import Question, Work
from yueke.notices import operations as notices
from yueke.notices.operations import Answered, Key, Recalled
from yueke.notices.refusals import RequestKeyReused
from yueke.people import operations as people
from yueke.people.operations import LiveKey
from yueke.people.refusals import KeyUnknown

Done = TypeVar("Done")


def questions(orders: Sequence[Order[Any]], *, recall: bool = True) -> tuple[Question, Question]:
    """Return what to ask, under the locks that make the answers true, before `Keys` can be.

    Without `recall` nothing is asked about what was answered before.
    """
    api_keys = {order.actor.id for order in orders if order.actor.kind == "key"}
    recalled = notices.recall(keys=[order.request_key for order in orders if recall])
    return recalled, people.live_keys(key_ids=api_keys)


class Keys:
    """The keys of some orders: what they were answered before, and are now."""

    def __init__(self, recalled: Sequence[Recalled], live: Sequence[LiveKey]) -> None:
        self._live = {key.id for key in live}
        self._past = {
            Key(past.actor_kind, past.actor_id, past.key): (past.body_hash, past.outcome)
            for past in recalled
        }
        self._now: dict[Key, tuple[bytes, Answer[Any]]] = {}

    def known(self, order: Order[Any], done: type[Done]) -> Answer[Done] | Refusal | None:
        """Return the answer an order has without being carried out, if it has one."""
        if order.actor.kind == "key" and order.actor.id not in self._live:
            return KeyUnknown()
        key = order.request_key
        if key in self._past:
            asked_before, kept = self._past[key]
            # Looked at first: the answer of another command cannot be read as one of this.
            if asked_before == order.body_hash.hex():
                return Answer(outcome.restore(kept, done), replayed=True)
        elif key in self._now:
            body_hash, answer = self._now[key]
            if body_hash == order.body_hash:
                return Answer(answer.results, replayed=True)
        else:
            return None
        return RequestKeyReused(order.key)

    def answer(self, order: Order[Any], results: list[Done | Refusal]) -> Answer[Done]:
        """Take down the answer of an order that was carried out."""
        given = Answer(results)
        self._now[order.request_key] = (order.body_hash, given)
        return given

    def remember(self, work: Work, *, now: datetime) -> None:
        """Keep the new answers."""
        answers = [
            Answered(key, body_hash, outcome.dump(answer.results))
            for key, (body_hash, answer) in self._now.items()
        ]
        notices.remember(work, at=now, answers=answers)
