"""Commands for one lesson by their codes, so that pages and bulks give them alike."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from yueke.booking import absence, absence_undo, commands, courseware, exchange, lessons, places
from yueke.booking.orders import CancelSeat, Order
from yueke.kernel.outcome import Answer
from yueke.kernel.refusal import Refusal
from yueke.notices.once import Request


@dataclass(frozen=True, slots=True)
class Particulars:
    """What a deed is done to, and how: the number of what was chosen, and why."""

    seat_id: int
    chosen: int | None = None
    reason: str = ""


Act = Callable[[Request, Particulars], Answer[Any] | Refusal]


def do(act: Act, request: Request, particulars: Particulars) -> Answer[Any]:
    """Carry out a deed and return the answer; refuses as the command of the deed."""
    answer = act(request, particulars)
    if isinstance(answer, Refusal):
        raise answer
    answer.all()
    return answer


def _cancel(request: Request, asked: Particulars) -> Answer[Any] | Refusal:
    command = CancelSeat(asked.seat_id, asked.reason)
    order = Order(request.actor, request.key, request.body_hash, [command])
    [answer] = commands.cancel_seats(
        market_id=request.actor.market_id, now=request.now, orders=[order]
    )
    return answer


def _finish(request: Request, asked: Particulars) -> Answer[Any]:
    return lessons.finish(request, seat_id=asked.seat_id, reason=asked.reason)


def _undo_finish(request: Request, asked: Particulars) -> Answer[Any]:
    return lessons.undo_finish(request, seat_id=asked.seat_id, reason=asked.reason)


def _change_teacher(request: Request, asked: Particulars) -> Answer[Any]:
    return lessons.change_teacher(
        request, seat_id=asked.seat_id, teacher_id=_chosen(asked), reason=asked.reason
    )


def _change_courseware(request: Request, asked: Particulars) -> Answer[Any]:
    return courseware.change_courseware(
        request, seat_id=asked.seat_id, number=asked.chosen, reason=asked.reason
    )


def _fake_cancel(request: Request, asked: Particulars) -> Answer[Any]:
    return places.fake_cancel(request, seat_id=asked.seat_id, reason=asked.reason)


def _swap(request: Request, asked: Particulars) -> Answer[Any]:
    return places.swap_student(
        request, seat_id=asked.seat_id, learner_id=_chosen(asked), reason=asked.reason
    )


def _exchange_learners(request: Request, asked: Particulars) -> Answer[Any]:
    return exchange.exchange_learners(
        request, seat_id=asked.seat_id, other_seat_id=_chosen(asked), reason=asked.reason
    )


def _exchange_teachers(request: Request, asked: Particulars) -> Answer[Any]:
    return exchange.exchange_teachers(
        request, seat_id=asked.seat_id, other_seat_id=_chosen(asked), reason=asked.reason
    )


def _exchange_lessons(request: Request, asked: Particulars) -> Answer[Any]:
    return exchange.exchange_lessons(
        request, seat_id=asked.seat_id, other_seat_id=_chosen(asked), reason=asked.reason
    )


def _teacher_absent(request: Request, asked: Particulars) -> Answer[Any]:
    return absence.mark_absent(request, seat_id=asked.seat_id, who="teacher", reason=asked.reason)


def _learner_absent(request: Request, asked: Particulars) -> Answer[Any]:
    return absence.mark_absent(request, seat_id=asked.seat_id, who="learner", reason=asked.reason)


def _undo_absence(request: Request, asked: Particulars) -> Answer[Any]:
    return absence_undo.undo_absence(request, seat_id=asked.seat_id, reason=asked.reason)


def _chosen(asked: Particulars) -> int:
    assert asked.chosen is not None
    return asked.chosen


ACTS: Final[Mapping[str, Act]] = {
    "cancel": _cancel,
    "finish": _finish,
    "undo-finish": _undo_finish,
    "teacher": _change_teacher,
    "courseware": _change_courseware,
    "fake-cancel": _fake_cancel,
    "swap": _swap,
    "teacher-absent": _teacher_absent,
    "learner-absent": _learner_absent,
    "undo-absence": _undo_absence,
    "exchange-learners": _exchange_learners,
    "exchange-teachers": _exchange_teachers,
    "exchange-lessons": _exchange_lessons,
}
