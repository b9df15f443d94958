"""All commands that act on one open class, and the states of it in which they are something."""

from functools import partial
from typing import Any

from tests import asking
from tests.concurrency.in_order import Command, Group, ask, stays
from tests.concurrency.one_class import LATER, START, TEXTS, Scene, lay_out
from tests.world import NOW
from yueke.booking import lessons
from yueke.booking.classes import attendance, cancel, describe, places
from yueke.booking.orders import CancelSeat
from yueke.kernel.actor import Actor


def _of_class(scene: Scene, *, command: Any, now: Any = NOW, **given: Any) -> str:
    """Give a command of curriculum about the class."""
    return ask(scene.staff("curriculum"), command, now=now, class_id=scene.class_id, **given)


def _of_seat(scene: Scene, *, command: Any, **given: Any) -> str:
    """Give a command of support about the class, once it has begun, by Eva's seat."""
    actor = scene.staff("fireman")
    return ask(actor, command, now=LATER, seat_id=scene.seat_of("Eva"), **given)


def _leave(scene: Scene, actor: Actor, name: str) -> list[str]:
    order = asking.order_of(actor=actor, commands=[CancelSeat(scene.seat_of(name))])
    return asking.codes_of(asking.cancel_orders(orders=[order], now=NOW)[0])


def _wait(scene: Scene, name: str, command: Any = places.wait) -> str:
    learner_id = scene.learners[name].pk
    return ask(scene.family(name), command, now=NOW, learner_id=learner_id, class_id=scene.class_id)


def _attend(scene: Scene, *names: str) -> str:
    seats = [scene.seat_of(name) for name in names]
    return _of_class(scene, command=attendance.take_attendance, now=LATER, seat_ids=seats)


def _to_tom(scene: Scene) -> str:
    return _of_seat(scene, command=lessons.change_teacher, teacher_id=scene.teachers["Tom"].pk)


def _full(scene: Scene) -> str:
    """Let Fay have the last seat, and Zoe wait."""
    assert scene.join("Fay") == ["done"]
    return _wait(scene, "Zoe")


def _finished(scene: Scene) -> str:
    _full(scene)
    return _of_seat(scene, command=lessons.finish)


# How the class comes into each state.
STATES = {"roomy": stays, "full": _full, "finished": _finished}
_ROOMY, _FULL, _BOTH = ("roomy",), ("full",), ("roomy", "full")

COMMANDS: dict[str, Command[Scene]] = {
    "join": Command(lambda s: s.join("Ann"), _ROOMY),
    "join_too": Command(lambda s: s.join("Bea"), _ROOMY),
    "wait": Command(lambda s: _wait(s, "Ann"), _BOTH),
    "wait_too": Command(lambda s: _wait(s, "Bea"), _FULL),
    "stop_waiting": Command(lambda s: _wait(s, "Zoe", places.stop_waiting), _FULL),
    "leave": Command(lambda s: _leave(s, s.family("Eva"), "Eva"), _BOTH),
    "leave_by_staff": Command(lambda s: _leave(s, s.staff("curriculum"), "Eva"), _FULL),
    "fay_leaves": Command(lambda s: _leave(s, s.family("Fay"), "Fay"), _FULL),
    "elsewhere": Command(lambda s: s.book(s.staff("lp"), "Zoe", "Tom", START), _FULL),
    "cancel_class": Command(partial(_of_class, command=cancel.cancel), _BOTH),
    "larger": Command(
        partial(_of_class, command=describe.describe, texts=TEXTS, capacity=3), _FULL
    ),
    "smaller": Command(
        partial(_of_class, command=describe.describe, texts=TEXTS, capacity=1), _ROOMY
    ),
    "unpublish": Command(partial(_of_class, command=describe.unpublish), _BOTH),
    "attend": Command(lambda s: _attend(s, "Eva", "Fay"), _FULL),
    "attend_alone": Command(lambda s: _attend(s, "Eva"), _BOTH),
    "to_tom": Command(_to_tom, _FULL),
    "finish": Command(partial(_of_seat, command=lessons.finish), _FULL),
    "undo_finish": Command(partial(_of_seat, command=lessons.undo_finish), ("finished",)),
}

ON_ONE_CLASS = Group(lay_out, STATES, COMMANDS, Scene.outcome)
