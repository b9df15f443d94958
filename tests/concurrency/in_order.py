"""Two commands at once come out as one after the other: the pairs there are, and how to compare."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import combinations, combinations_with_replacement
from typing import Any, Generic, TypeVar

import pytest

from tests import asking
from tests.concurrency.lasting import Stage
from tests.world import Company
from yueke.kernel.actor import Actor
from yueke.kernel.refusal import Refusal

Scene = TypeVar("Scene")
T = TypeVar("T")
# In how many scenes both are done at once.
TOGETHER = 1


@dataclass(frozen=True)
class Command(Generic[Scene]):
    """What is done in a scene, and the states of the scene in which that is something.

    A timer leaves what others have in hand, and comes again. What is done in several `steps`, each
    in a transaction of its own, lets others come between; the first one answers.
    """

    act: Callable[[Scene], Any]
    states: tuple[str, ...] = ("booked",)
    is_timer: bool = False
    steps: tuple[Callable[[Scene], Any], ...] = ()


@dataclass(frozen=True)
class Group(Generic[Scene]):
    """Commands on one thing: how it is laid out and comes into each state, and what is left."""

    lay_out: Callable[[Company], Scene]
    states: Mapping[str, Callable[[Scene], Any]]
    commands: Mapping[str, Command[Scene]]
    outcome: Callable[[Scene], Any]


def ask(actor: Actor, command: Callable[..., Any], *, now: Any, **given: Any) -> str:
    """Give a command and return the code of its refusal, or `done`."""
    try:
        answer = command(asking.request(actor=actor, now=now), **given)
    except Refusal as refusal:
        return refusal.code
    return asking.codes(answer.results)[0]


def stays(scene: Any) -> None:
    """Leave a scene in the state in which it is laid out."""


def pairs(group: Group[Any]) -> list[Any]:
    """Return (state, one, other) for every two commands, also one with itself.

    In each state that is something to both, else in one that the thing has to come into first.
    """
    found = []
    for one, other in combinations_with_replacement(group.commands, 2):
        mine, theirs = group.commands[one].states, group.commands[other].states
        both = [state for state in mine if state in theirs]
        first = next(iter(group.states))
        for state in both or [state for state in (*mine, *theirs) if state != first][:1]:
            found.append(pytest.param(state, one, other, id=f"{state}-{one}+{other}"))
    return found


def orders(one: Sequence[T], other: Sequence[T]) -> Iterator[list[tuple[int, T]]]:
    """Yield every order in which two rows of steps can come, each step with whose it is."""
    for mine in combinations(range(len(one) + len(other)), len(one)):
        rows = iter(one), iter(other)
        whose = [0 if place in mine else 1 for place in range(len(one) + len(other))]
        yield [(place, next(rows[place])) for place in whose]


def come_out_in_one_order(
    stage: Stage, group: Group[Scene], state: str, names: tuple[str, str]
) -> None:
    """Check that two at once come out as one after the other does, each in a scene of its own.

    A scene is laid out when it is needed: timers go through all there are.
    """
    stage.keep_statistics()
    pair = [group.commands[name] for name in names]
    acts = [command.act for command in pair]
    timers = [command.act for command in pair if command.is_timer]

    def scene() -> Scene:
        made = group.lay_out(stage.company)
        assert group.states[state](made) in (None, "done")
        return made

    def outcome(made: Scene) -> Any:
        for act in timers:
            act(made)
        return group.outcome(made)

    possible = []
    for order in orders(*(command.steps or (command.act,) for command in pair)):
        made = scene()
        said: dict[int, Any] = {}
        for place, step in order:
            said.setdefault(place, step(made))
        possible.append(([said[0], said[1]], outcome(made)))
    for _ in range(TOGETHER):
        made = scene()
        answers = stage.at_once(*(partial(act, made) for act in acts))
        told = (answers, outcome(made))
        assert told in possible, "\n".join(map(str, (told, "is none of", *possible)))
