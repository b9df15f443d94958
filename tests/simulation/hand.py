"""A hand that asks, is struck down in the middle now and then, and asks again."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from itertools import count
from random import Random
from typing import Any

from django.db import connection, transaction

from tests import asking
from yueke.kernel.actor import Actor
from yueke.kernel.outcome import Answer
from yueke.kernel.refusal import Refusal
from yueke.notices.once import Request

KILLED_BEFORE_COMMIT, KILLED_BETWEEN, REPEATED = 0.08, 0.12, 0.2
STATEMENTS_MAX = 25
Act = Callable[[Request], Answer[Any] | Refusal]


class Killed(BaseException):
    """The process ends here: nothing of the room may catch it."""


@dataclass
class Hand:
    """Whoever acts in the simulation, at its own `now`."""

    rng: Random
    now: datetime
    keys: Any = field(default_factory=lambda: count(1))
    deeds: int = 0
    deaths: int = 0

    def ask(self, actor: Actor, act: Act) -> list[Any]:
        """Ask once, perhaps after having died on it, perhaps twice; return the results."""
        request = asking.request(actor=actor, now=self.now, key=f"deed-{next(self.keys)}")
        self.deeds += 1
        self.perhaps_die(lambda: _results(act, request))
        results = _results(act, request)
        if self.rng.random() < REPEATED:
            assert asking.codes(_results(act, request)) == asking.codes(results), results
        return results

    def timer(self, work: Callable[[], object]) -> None:
        """Let a timer do its work, of many transactions, perhaps after a worker died on it."""
        if self.rng.random() < KILLED_BETWEEN:
            self._die_between(work, self.rng.randint(1, STATEMENTS_MAX))
        work()

    def perhaps_die(self, work: Callable[[], object]) -> None:
        """Do a command and die before its commit, or at some statement; or do nothing."""
        chance = self.rng.random()
        if chance < KILLED_BEFORE_COMMIT:
            self._die_before_commit(work)
        elif chance < KILLED_BEFORE_COMMIT + KILLED_BETWEEN:
            self._die_between(work, self.rng.randint(1, STATEMENTS_MAX))

    def _die_before_commit(self, work: Callable[[], object]) -> None:
        try:
            with transaction.atomic():
                work()
                raise Killed
        except Killed:
            self._forget()

    def _die_between(self, work: Callable[[], object], statements: int) -> None:
        left = statements

        def execute(run: Callable[..., Any], *statement: Any) -> Any:
            nonlocal left
            left -= 1
            if left <= 0:
                raise Killed
            return run(*statement)

        try:
            with connection.execute_wrapper(execute):
                work()
        except BaseException:
            # Whatever else is raised on the way out, a process that has ended raises to nobody.
            if left > 0:
                raise
            self._forget()

    def _forget(self) -> None:
        """Let go what a process held: locks, turns, what it had not committed."""
        self.deaths += 1
        connection.close()


def _results(act: Act, request: Request) -> list[Any]:
    try:
        answer = act(request)
    except Refusal as refusal:
        return [refusal]
    return [answer] if isinstance(answer, Refusal) else answer.results
