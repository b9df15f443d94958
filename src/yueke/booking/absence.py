"""The command that says who did not come to a lesson."""

from typing import Literal

from yueke.booking.changing import within_reach
from yueke.booking.operations import lesson as lessons
from yueke.booking.operations import place as operations
from yueke.booking.operations.lost_time import take_away
from yueke.booking.operations.place import Change
from yueke.booking.orders import Absent
from yueke.booking.places import left
from yueke.booking.rules import lesson as rules
from yueke.booking.rules.lesson import LockedLesson
from yueke.booking.rules.place import Leave
from yueke.kernel.outcome import Answer
from yueke.kernel.transaction import Work
from yueke.notices import operations as notices
from yueke.notices.once import Request, once
from yueke.notices.operations import Happened
from yueke.people import channels, policies

Who = Literal["teacher", "learner"]


def mark_absent(request: Request, *, seat_id: int, who: Who, reason: str = "") -> Answer[Absent]:
    """Say that the teacher of a lesson or the learner of a seat did not come (F-9).

    Without its teacher a lesson is cancelled and the teacher's time goes. Without its learners it
    is finished, and nobody moves on in the course. What becomes of the payment is the policy at
    the start. Refuses: channel_may_not, lesson_not_found, and as `rules.lesson.check_absence`.
    Locks learners, slots, lesson.
    """
    actor = request.actor

    def act(work: Work) -> list[Absent]:
        channels.require(actor, "absent", who)
        locked = lessons.lock(work, market_id=actor.market_id, seat_ids=[seat_id])
        lesson = within_reach(locked, actor, seat_id)
        channels.require(actor, "absent", "open" if lesson.is_class else who)
        rules.check_absence(lesson, request.now)
        if who == "teacher":
            leaves, paid = _without_teacher(work, request, lesson, reason), False
        else:
            leaves, paid = _without_learner(work, request, lesson), lesson.state == "finished"
        kind = f"lesson.{who}_absent"
        events = [_told(change, kind, request, reason, paid=paid) for change in leaves]
        notices.append(work, market_id=actor.market_id, at=request.now, events=events)
        return [_absent(change.leave, lesson.state) for change in leaves if change.leave]

    return once(request, Absent, act)


def _without_teacher(
    work: Work, request: Request, lesson: LockedLesson, reason: str
) -> list[Change]:
    actor = request.actor
    seats = lessons.lock_others(work, market_id=actor.market_id, lesson=lesson)
    is_refunded = _is_refunded(request, lesson, "teacher_no_show")
    leaves = [Leave(seat, seat.paid if is_refunded else 0) for seat in seats]
    changes = operations.changes_of(work, leaves)
    operations.leave(work, actor=actor, now=request.now, changes=changes, emptied="cancelled")
    take_away(work, actor=actor, now=request.now, lesson=lesson, reason=reason)
    lesson.state = "cancelled"
    return changes


def _without_learner(work: Work, request: Request, lesson: LockedLesson) -> list[Change]:
    actor = request.actor
    is_refunded = _is_refunded(request, lesson, "learner_no_show")
    changes = operations.changes_of(work, [Leave(lesson, lesson.paid if is_refunded else 0)])
    if is_refunded:
        operations.leave(work, actor=actor, now=request.now, changes=changes, emptied="finished")
    else:
        lessons.mark_absent(work, market_id=actor.market_id, lesson=lesson)
        if not lesson.learners:
            lessons.set_state(work, market_id=actor.market_id, lesson=lesson, state="finished")
    return changes


def _is_refunded(request: Request, lesson: LockedLesson, policy: str) -> bool:
    in_force = policies.in_force(market_id=request.actor.market_id, at=lesson.starts_at)
    return in_force.text(policy) == "refunded"


def _told(change: Change, kind: str, request: Request, reason: str, *, paid: bool) -> Happened:
    assert change.leave is not None
    told = left(change.number, kind, request, change.leave, reason)
    told.data["teacher_paid"] = paid
    return told


def _absent(leave: Leave, state: str) -> Absent:
    lesson = leave.lesson
    return Absent(
        seat_id=lesson.seat_id,
        lesson_id=lesson.id,
        learner_id=lesson.learner_id,
        state=state,
        asset=lesson.asset,
        paid=lesson.paid,
        came_back=leave.refund,
    )
