"""The command by which a teacher calls a lesson off, and may keep another time for its learner."""

from datetime import datetime

from yueke.booking.changing import within_reach
from yueke.booking.operations import lesson as lessons
from yueke.booking.operations import place as operations
from yueke.booking.operations.lost_time import take_away
from yueke.booking.orders import CalledOff
from yueke.booking.places import left
from yueke.booking.queries.of_lesson import cells_of_seat
from yueke.booking.refusals import LessonAlreadyStarted
from yueke.booking.rules.lesson import LockedLesson
from yueke.booking.rules.place import Leave, decide_leave
from yueke.booking.rules.reserve import check_reserve, reserved_until
from yueke.inventory import operations as inventory
from yueke.inventory.orders import Target
from yueke.inventory.refusals import SlotAlreadyTaken
from yueke.kernel.grid import cells_of
from yueke.kernel.outcome import Answer
from yueke.kernel.transaction import Work
from yueke.notices import operations as notices
from yueke.notices.once import Request, once
from yueke.notices.operations import Happened
from yueke.people import channels, policies


def call_off(
    request: Request, *, seat_id: int, reserve_at: datetime | None = None, reason: str = ""
) -> Answer[CalledOff]:
    """Cancel a lesson as its teacher, whose time goes; refunded as the policy says (T-5).

    With `reserve_at`, time of the same length from there is kept for the learner of the seat,
    as long as the policy says; a timer takes it away unless it is booked. Results are one a
    learner, that of the seat first; of a lesson kept without a learner, the one who left it.
    Refuses: channel_may_not, lesson_not_found, lesson_already_cancelled,
    lesson_already_started, and as `rules.reserve.check_reserve`. Locks learners, slots, lesson.
    """
    actor, market_id = request.actor, request.actor.market_id

    def act(work: Work) -> list[CalledOff]:
        channels.require(actor, "cancel", "taught")
        kept = _kept(actor.teacher_id, seat_id, reserve_at, market_id)
        locked = lessons.lock(
            work, market_id=market_id, seat_ids=[seat_id], cells=kept, makes_slots=bool(kept)
        )
        lesson = within_reach(locked, actor, seat_id)
        channels.require(actor, "cancel", "open" if lesson.is_class else "taught")
        if lesson.is_vacant and not kept:
            return [_call_off_vacant(work, request, lesson, reason)]
        decide_leave(lesson, side="teacher", now=request.now)
        new = check_reserve(
            lesson.teacher_id or 0,
            [cell for _, cell in kept],
            locked.slots,
            learner_id=lesson.learner_id,
            now=request.now,
        )
        leaves = _cancel(work, request, lesson, reason)
        until = _reserve(work, request, lesson, kept, new, reason)
        return [
            _called_off(leave, reserve_at, until)
            for leave in sorted(leaves, key=lambda one: one.lesson.seat_id != seat_id)
        ]

    return once(request, CalledOff, act)


def _call_off_vacant(work: Work, request: Request, lesson: LockedLesson, reason: str) -> CalledOff:
    """Cancel a lesson that nobody is in: whoever left it was told and refunded then."""
    actor, now = request.actor, request.now
    if lesson.starts_at <= now:
        raise LessonAlreadyStarted(lesson.seat_id)
    lessons.set_state(work, market_id=actor.market_id, lesson=lesson, state="cancelled")
    happened = Happened(
        0,
        "lesson.cancelled",
        actor,
        reason=reason,
        lesson_id=lesson.id,
        teacher_id=lesson.teacher_id,
        starts_at=lesson.starts_at,
    )
    take_away(work, actor=actor, now=now, lesson=lesson, reason=reason)
    notices.append_one(work, at=now, event=happened)
    lesson.paid = 0
    told = _called_off(Leave(lesson, 0), None, None)
    told.was_vacant = True
    return told


def _kept(
    teacher_id: int | None, seat_id: int, reserve_at: datetime | None, market_id: int
) -> list[tuple[int, datetime]]:
    """Return the half-hours to be kept, as long as the lesson, which does not change its length."""
    if reserve_at is None or teacher_id is None:
        return []
    cells = cells_of_seat(market_id=market_id, seat_id=seat_id)
    return [(teacher_id, cell) for cell in cells_of(reserve_at, cells)]


def _cancel(work: Work, request: Request, lesson: LockedLesson, reason: str) -> list[Leave]:
    actor = request.actor
    seats = lessons.lock_others(work, market_id=actor.market_id, lesson=lesson)
    leaves = [decide_leave(seat, side="teacher", now=request.now) for seat in seats]
    changes = operations.changes_of(work, leaves)
    operations.leave(work, actor=actor, now=request.now, changes=changes, emptied="cancelled")
    take_away(work, actor=actor, now=request.now, lesson=lesson, reason=reason)
    events = [
        left(change.number, "lesson.cancelled", request, change.leave, reason)
        for change in changes
        if change.leave
    ]
    notices.append(work, market_id=actor.market_id, at=request.now, events=events)
    return leaves


def _reserve(
    work: Work,
    request: Request,
    lesson: LockedLesson,
    kept: list[tuple[int, datetime]],
    new: list[datetime],
    reason: str,
) -> datetime | None:
    if not kept:
        return None
    actor, now = request.actor, request.now
    teacher_id, first = kept[0]
    target = Target("student", lesson.learner_id)
    released = inventory.release(
        work,
        actor=actor,
        now=now,
        teacher_id=teacher_id,
        starts=new,
        target=target,
        reason=reason,
    )
    for cell in new:
        if cell not in released:
            raise SlotAlreadyTaken(teacher_id, cell)
    in_force = policies.in_force(market_id=actor.market_id, at=now)
    until = reserved_until(first, now, hours=in_force.number("reserved_time_hours"))
    inventory.target(
        work,
        actor=actor,
        now=now,
        teacher_id=teacher_id,
        starts=[cell for _, cell in kept],
        target=target,
        reserved_until=until,
        reason=reason,
    )
    kept_time = Happened(
        0,
        "slot.kept",
        actor,
        reason,
        learner_id=lesson.learner_id,
        teacher_id=teacher_id,
        starts_at=first,
        data={"product": lesson.product, "until": until.isoformat()},
    )
    notices.append_one(work, at=now, event=kept_time)
    return until


def _called_off(leave: Leave, reserve_at: datetime | None, until: datetime | None) -> CalledOff:
    lesson = leave.lesson
    return CalledOff(
        seat_id=lesson.seat_id,
        lesson_id=lesson.id,
        learner_id=lesson.learner_id,
        state="cancelled",
        asset=lesson.asset,
        paid=lesson.paid,
        refunded=leave.refund,
        reserved_at=None if until is None else reserve_at,
        reserved_until=until,
    )
