"""All commands that act on one lesson, and the states of it in which they are something."""

from collections.abc import Callable
from functools import partial
from typing import Any

from tests import asking
from tests.concurrency.in_order import Command, Group, ask, stays
from tests.concurrency.one_lesson import LATER, SOON, SPARE, START, Scene, lay_out
from tests.world import NOW
from yueke.booking import absence, absence_undo, courseware, exchange, lessons, places
from yueke.booking import commands as booking
from yueke.booking.call_off import call_off
from yueke.booking.orders import CancelSeat
from yueke.booking.start_now import start_now
from yueke.inventory import commands as inventory
from yueke.kernel.actor import Actor


def _of_lesson(scene: Scene, *, channel: str, command: Any, now: Any = NOW, **given: Any) -> str:
    """Give a command for Eva's lesson as a member of staff."""
    return ask(scene.staff(channel), command, now=now, seat_id=scene.seat_id, **given)


def _cancel(scene: Scene, actor: Actor) -> list[str]:
    order = asking.order_of(actor=actor, commands=[CancelSeat(scene.seat_id)])
    [answer] = asking.cancel_orders(orders=[order], now=NOW)
    return asking.codes_of(answer)


def _call_off(scene: Scene) -> str:
    emma = scene.teacher("Emma")
    return ask(emma, call_off, now=NOW, seat_id=scene.seat_id, reserve_at=SPARE)


def _to(scene: Scene, name: str, now: Any = NOW) -> str:
    teacher_id = scene.teachers[name].pk
    return _of_lesson(
        scene, channel="fireman", command=lessons.change_teacher, now=now, teacher_id=teacher_id
    )


def _swap_in_zoe(scene: Scene) -> str:
    zoe = scene.learners["Zoe"].pk
    return _of_lesson(scene, channel="tmk", command=places.swap_student, learner_id=zoe)


def _exchange_learners(scene: Scene) -> str:
    return _of_lesson(
        scene,
        channel="tmk",
        command=exchange.exchange_learners,
        other_seat_id=scene.fays_seat_id,
    )


def _exchange_teachers(scene: Scene) -> str:
    """Exchange Gus with Emma: Fay's seat is named first."""
    return ask(
        scene.staff("fireman"),
        exchange.exchange_teachers,
        now=NOW,
        seat_id=scene.fays_seat_id,
        other_seat_id=scene.seat_id,
    )


def _exchange_lessons(scene: Scene) -> str:
    return _of_lesson(
        scene, channel="tmk", command=exchange.exchange_lessons, other_seat_id=scene.ivys_seat_id
    )


def _start_now(scene: Scene) -> str:
    return ask(
        scene.family("Zoe"),
        start_now,
        now=SOON,
        learner_id=scene.learners["Zoe"].pk,
        product="major",
        teacher_id=scene.teachers["Tom"].pk,
    )


def _time_of(scene: Scene, actor: Actor, name: str, command: Any) -> str:
    """Open or take back the lesson's half-hour of a teacher."""
    return ask(actor, command, now=NOW, teacher_id=scene.teachers[name].pk, starts=[START])


def _nobody_came(scene: Scene) -> None:
    booking.finish_vacant(now=START)


_finish = partial(_of_lesson, channel="fireman", command=lessons.finish, now=LATER)
_undo_finish = partial(_of_lesson, channel="fireman", command=lessons.undo_finish, now=LATER)
_fake_cancel = partial(_of_lesson, channel="tmk", command=places.fake_cancel)
_absent = partial(_of_lesson, channel="fireman", command=absence.mark_absent, now=LATER)

# How the lesson comes into each state.
STATES: dict[str, Callable[[Scene], Any]] = {
    "booked": stays,
    "vacant": _fake_cancel,
    "finished": _finish,
    "unattended": partial(_absent, who="learner"),
    "untaught": partial(_absent, who="teacher"),
}

COMMANDS: dict[str, Command[Scene]] = {
    "cancel": Command(lambda s: _cancel(s, s.staff("lp")), ("booked", "vacant")),
    "cancel_by_family": Command(lambda s: _cancel(s, s.family("Eva"))),
    "call_off": Command(_call_off, ("booked", "vacant")),
    "finish": Command(_finish),
    "undo_finish": Command(_undo_finish, ("finished", "unattended")),
    "teach_fifth": Command(
        partial(_of_lesson, channel="fireman", command=courseware.change_courseware, number=5)
    ),
    "fake_cancel": Command(_fake_cancel),
    "swap_in_zoe": Command(_swap_in_zoe, ("booked", "vacant")),
    "nobody_came": Command(_nobody_came, ("vacant",), is_timer=True),
    "exchange_learners": Command(_exchange_learners),
    "exchange_teachers": Command(_exchange_teachers),
    "exchange_lessons": Command(_exchange_lessons),
    "teacher_absent": Command(partial(_absent, who="teacher")),
    "learner_absent": Command(partial(_absent, who="learner")),
    "undo_absence": Command(
        partial(_of_lesson, channel="fireman", command=absence_undo.undo_absence, now=LATER),
        ("untaught", "unattended"),
    ),
    "to_tom": Command(lambda s: _to(s, "Tom"), ("booked", "vacant")),
    "to_ann": Command(lambda s: _to(s, "Ann")),
    "to_tom_meanwhile": Command(lambda s: _to(s, "Tom", LATER)),
    "book_emma": Command(lambda s: s.book(s.staff("lp"), "Zoe", "Emma", START)),
    "book_tom": Command(lambda s: s.book(s.family("Zoe"), "Zoe", "Tom", START)),
    "book_eva": Command(
        lambda s: s.book(s.staff("lp"), "Eva", "Tom", START), ("booked", "untaught")
    ),
    "force_emma": Command(
        lambda s: s.book(s.staff("fireman"), "Zoe", "Emma", START, force=True, permission="force"),
        ("booked", "untaught"),
    ),
    "start_now": Command(_start_now),
    "open_emma": Command(
        lambda s: _time_of(s, s.staff("fireman"), "Emma", inventory.release_slots),
        ("booked", "untaught"),
    ),
    "withdraw_tom": Command(
        lambda s: _time_of(s, s.teacher("Tom"), "Tom", inventory.withdraw_slots)
    ),
}

ON_ONE_LESSON = Group(lay_out, STATES, COMMANDS, Scene.outcome)
