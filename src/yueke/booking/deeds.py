"""Commands for a lesson, a class or a learner by their codes: pages and bulks give them alike."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final

from yueke.booking import absence, absence_undo, commands, courseware, exchange, lessons, places
from yueke.booking.classes import cancel, describe
from yueke.booking.orders import CancelSeat, Order
from yueke.kernel.outcome import Answer
from yueke.kernel.refusal import Refusal
from yueke.notices.once import Request
from yueke.wallet import commands as wallet
from yueke.wallet.campaigns import commands as campaigns


@dataclass(frozen=True, slots=True)
class Particulars:
    """What a deed is done to, a seat, a class or a learner, and how.

    `chosen` is the number of what was chosen for it, `terms` what it is done with, the
    same for all of a bulk.
    """

    subject_id: int
    chosen: int | None = None
    reason: str = ""
    terms: Mapping[str, Any] = field(default_factory=dict)


Act = Callable[[Request, Particulars], Answer[Any] | Refusal]


def do(act: Act, request: Request, particulars: Particulars) -> Answer[Any]:
    """Carry out a deed and return the answer; refuses as the command of the deed."""
    answer = act(request, particulars)
    if isinstance(answer, Refusal):
        raise answer
    answer.all()
    return answer


def _cancel(request: Request, asked: Particulars) -> Answer[Any] | Refusal:
    command = CancelSeat(asked.subject_id, asked.reason)
    order = Order(request.actor, request.key, request.body_hash, [command])
    [answer] = commands.cancel_seats(
        market_id=request.actor.market_id, now=request.now, orders=[order]
    )
    return answer


def _finish(request: Request, asked: Particulars) -> Answer[Any]:
    return lessons.finish(request, seat_id=asked.subject_id, reason=asked.reason)


def _undo_finish(request: Request, asked: Particulars) -> Answer[Any]:
    return lessons.undo_finish(request, seat_id=asked.subject_id, reason=asked.reason)


def _change_teacher(request: Request, asked: Particulars) -> Answer[Any]:
    return lessons.change_teacher(
        request, seat_id=asked.subject_id, teacher_id=_chosen(asked), reason=asked.reason
    )


def _change_courseware(request: Request, asked: Particulars) -> Answer[Any]:
    return courseware.change_courseware(
        request, seat_id=asked.subject_id, number=asked.chosen, reason=asked.reason
    )


def _fake_cancel(request: Request, asked: Particulars) -> Answer[Any]:
    return places.fake_cancel(request, seat_id=asked.subject_id, reason=asked.reason)


def _swap(request: Request, asked: Particulars) -> Answer[Any]:
    return places.swap_student(
        request,
        seat_id=asked.subject_id,
        learner_id=_chosen(asked),
        asset=asked.terms.get("asset", "credit"),
        lot_id=asked.terms.get("lot_id"),
        reason=asked.reason,
    )


def _exchange_learners(request: Request, asked: Particulars) -> Answer[Any]:
    return exchange.exchange_learners(
        request, seat_id=asked.subject_id, other_seat_id=_chosen(asked), reason=asked.reason
    )


def _exchange_teachers(request: Request, asked: Particulars) -> Answer[Any]:
    return exchange.exchange_teachers(
        request, seat_id=asked.subject_id, other_seat_id=_chosen(asked), reason=asked.reason
    )


def _exchange_lessons(request: Request, asked: Particulars) -> Answer[Any]:
    return exchange.exchange_lessons(
        request, seat_id=asked.subject_id, other_seat_id=_chosen(asked), reason=asked.reason
    )


def _teacher_absent(request: Request, asked: Particulars) -> Answer[Any]:
    return absence.mark_absent(
        request, seat_id=asked.subject_id, who="teacher", reason=asked.reason
    )


def _learner_absent(request: Request, asked: Particulars) -> Answer[Any]:
    return absence.mark_absent(
        request, seat_id=asked.subject_id, who="learner", reason=asked.reason
    )


def _undo_absence(request: Request, asked: Particulars) -> Answer[Any]:
    return absence_undo.undo_absence(request, seat_id=asked.subject_id, reason=asked.reason)


def _publish(request: Request, asked: Particulars) -> Answer[Any]:
    return describe.publish(request, class_id=asked.subject_id, reason=asked.reason)


def _unpublish(request: Request, asked: Particulars) -> Answer[Any]:
    return describe.unpublish(request, class_id=asked.subject_id, reason=asked.reason)


def _cancel_class(request: Request, asked: Particulars) -> Answer[Any]:
    return cancel.cancel(request, class_id=asked.subject_id, reason=asked.reason)


def _grant(request: Request, asked: Particulars) -> Answer[Any]:
    terms = asked.terms
    expires_at = terms["expires_at"]
    return wallet.grant(
        request,
        learner_id=asked.subject_id,
        asset=terms["asset"],
        amount=terms["amount"],
        product_id=terms["product_id"],
        expires_at=None if expires_at is None else datetime.fromisoformat(expires_at),
        reason=asked.reason,
    )


def _grant_campaign(request: Request, asked: Particulars) -> Answer[Any]:
    return campaigns.grant(
        request,
        campaign_id=asked.terms["campaign_id"],
        learner_id=asked.subject_id,
        cause=asked.terms["cause"],
        reason=asked.reason,
    )


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
    "class-publish": _publish,
    "class-unpublish": _unpublish,
    "class-cancel": _cancel_class,
    "grant": _grant,
    "grant-campaign": _grant_campaign,
}
