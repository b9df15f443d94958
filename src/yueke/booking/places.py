"""Commands for places in lessons that stay: leave one, take one, exchange two."""

from yueke.booking.changing import within_reach
from yueke.booking.operations import lesson as lessons
from yueke.booking.operations import place as operations
from yueke.booking.operations.place import Change
from yueke.booking.orders import PlaceLeft, PlaceTaken
from yueke.booking.rules import place as rules
from yueke.booking.rules.place import Leave, Take
from yueke.kernel.outcome import Answer
from yueke.kernel.transaction import Work
from yueke.notices import operations as notices
from yueke.notices.once import Request, once
from yueke.notices.operations import Happened
from yueke.people import channels
from yueke.people.refusals import LearnerNotFound


def fake_cancel(request: Request, *, seat_id: int, reason: str = "") -> Answer[PlaceLeft]:
    """Let the learner leave and keep the teacher's time, for another learner (TM-4, CC-4).

    What was paid comes back as when it is cancelled. Refuses: channel_may_not, lesson_not_found,
    and as `rules.place.decide_fake_cancel`. Locks learners, slots, lesson.
    """
    actor = request.actor

    def act(work: Work) -> list[PlaceLeft]:
        channels.require(actor, "fake-cancel", "lesson")
        locked = lessons.lock(work, market_id=actor.market_id, seat_ids=[seat_id])
        lesson = within_reach(locked, actor, seat_id)
        channels.require(actor, "fake-cancel", lesson.kind)
        side = channels.side(actor.channel)
        leave = rules.decide_fake_cancel(lesson, side=side, now=request.now)
        changes = operations.changes_of(work, [leave])
        operations.leave(work, actor=actor, now=request.now, changes=changes)
        told = left(changes[0].number, "lesson.fake_cancelled", request, leave, reason)
        notices.append(work, market_id=actor.market_id, at=request.now, events=[told])
        return [place_left(leave)]

    return once(request, PlaceLeft, act)


def swap_student(
    request: Request,
    *,
    seat_id: int,
    learner_id: int,
    asset: str = "credit",
    lot_id: int | None = None,
    reason: str = "",
) -> Answer[PlaceTaken]:
    """Let another learner take the place of the one who has the seat or left it (TM-5, CC-5).

    Who leaves is refunded, who comes pays as for a booking. Refuses: channel_may_not,
    lesson_not_found, learner_not_found, trial_limit_reached,
    and as `rules.place.check_has_place` and `decide_take`.
    Locks learners, slots, lesson.
    """
    actor, market_id = request.actor, request.actor.market_id

    def act(work: Work) -> list[PlaceTaken]:
        channels.require(actor, "swap", "student")
        channels.require(actor, "pay", asset)
        locked = lessons.lock(
            work, market_id=market_id, seat_ids=[seat_id], learner_ids=[learner_id]
        )
        lesson = within_reach(locked, actor, seat_id)
        channels.require(actor, "swap", "open" if lesson.is_class else "student")
        family_id = locked.families.get(learner_id)
        if family_id is None or not actor.may_touch_family(family_id):
            raise LearnerNotFound(learner_id)
        rules.check_has_place(lesson, request.now)
        is_taken = lesson.seat_state == "live"
        side = channels.side(actor.channel)
        leave = rules.decide_leave(lesson, side=side, now=request.now) if is_taken else None
        cells = [(learner_id, cell) for cell in lesson.times]
        facts = operations.read_facts(work, market_id=market_id, now=request.now, cells=cells)
        take = rules.decide_take(
            facts,
            lesson,
            locked.slots,
            learner_id=learner_id,
            beside=set(lesson.learners) - {lesson.learner_id},
            asset=asset,
            lot_id=lot_id,
        )
        out, into = operations.next_numbers(work, count=2)
        changes = [Change(into, take=take)]
        events = [_came(into, "lesson.swapped_in", request, take, reason)]
        if leave:
            changes.insert(0, Change(out, leave=leave))
            events.insert(0, left(out, "lesson.swapped_out", request, leave, reason))
        spends = operations.spends_of(work, seat_ids=[seat_id])
        operations.write(
            work, actor=actor, now=request.now, changes=changes, spends=spends, facts=facts
        )
        notices.append(work, market_id=market_id, at=request.now, events=events)
        return [place_taken(into, take, leave)]

    return once(request, PlaceTaken, act)


def left(number: int, kind: str, request: Request, leave: Leave, reason: str) -> Happened:
    """Return the event that a learner left a lesson, and what came back."""
    lesson = leave.lesson
    return Happened(
        id=number,
        kind=kind,
        actor=request.actor,
        reason=reason,
        lesson_id=lesson.id,
        learner_id=lesson.learner_id,
        teacher_id=lesson.teacher_id,
        starts_at=lesson.starts_at,
        data={"asset": lesson.asset, "paid": lesson.paid, "refunded": leave.refund},
    )


def _came(number: int, kind: str, request: Request, take: Take, reason: str) -> Happened:
    lesson = take.lesson
    return Happened(
        id=number,
        kind=kind,
        actor=request.actor,
        reason=reason,
        lesson_id=lesson.id,
        learner_id=take.learner_id,
        teacher_id=lesson.teacher_id,
        starts_at=lesson.starts_at,
        data={
            "was_learner": lesson.learner_id,
            "product": lesson.product,
            "asset": take.asset,
            "paid": take.price,
        },
    )


def place_left(leave: Leave) -> PlaceLeft:
    """Return what a learner who left hears."""
    lesson = leave.lesson
    return PlaceLeft(
        seat_id=lesson.seat_id,
        lesson_id=lesson.id,
        learner_id=lesson.learner_id,
        state=lesson.state,
        asset=lesson.asset,
        paid=lesson.paid,
        refunded=leave.refund,
    )


def place_taken(number: int, take: Take, leave: Leave | None) -> PlaceTaken:
    """Return what a learner who came hears."""
    lesson = take.lesson
    return PlaceTaken(
        seat_id=number,
        lesson_id=lesson.id,
        learner_id=take.learner_id,
        teacher_id=lesson.teacher_id,
        starts_at=lesson.starts_at,
        product=lesson.product,
        asset=take.asset,
        paid=take.price,
        free_cancel_until=take.free_cancel_until,
        left=place_left(leave) if leave else None,
    )
