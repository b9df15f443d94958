"""The command that takes back that somebody did not come to a lesson."""

from collections.abc import Sequence
from datetime import timedelta

from yueke.booking.changing import tell, within_reach
from yueke.booking.operations import lesson as lessons
from yueke.booking.operations import place as operations
from yueke.booking.operations.place import Change
from yueke.booking.orders import PlaceTaken
from yueke.booking.places import place_taken
from yueke.booking.queries.absences import Absence, last_absences
from yueke.booking.refusals import AbsenceNotMarked
from yueke.booking.rules.facts import Facts
from yueke.booking.rules.lesson import LockedLesson, check_undo_absence
from yueke.booking.rules.place import Take, decide_return
from yueke.inventory import operations as inventory
from yueke.inventory.operations import TakenSlot
from yueke.inventory.orders import Target
from yueke.inventory.refusals import SlotAlreadyTaken
from yueke.kernel.outcome import Answer
from yueke.kernel.transaction import Work
from yueke.notices import operations as notices
from yueke.notices.once import Request, once
from yueke.notices.operations import Happened
from yueke.people import channels

_TEACHER = "lesson.teacher_absent"
_UNDONE = "lesson.absence_undone"


def undo_absence(request: Request, *, seat_id: int, reason: str = "") -> Answer[PlaceTaken]:
    """Take back, within a week, that a seat's learner or its teacher did not come (F-9).

    Whoever lost their seat by it has one again, for what came back; the teacher's time is theirs.
    A learner who kept the seat came, and the others' absences stay. A lesson that others were
    taught stays finished, and the learner moves on like them; else it is booked again. Refuses:
    channel_may_not, lesson_not_found, lesson_over, absence_not_marked, slot_already_taken,
    learner_busy, and as `rules.pay.choose_lots`. Locks learners, teacher, slots, lesson.
    """
    actor, market_id = request.actor, request.actor.market_id

    def act(work: Work) -> list[PlaceTaken]:
        channels.require_for_some(actor, "absent", "teacher")
        seen = within_reach(
            lessons.lock(work, market_id=market_id, seat_ids=[seat_id], makes_slots=True),
            actor,
            seat_id,
        )
        check_undo_absence(seen, request.now)
        if seen.absent and seen.seat_state == "live":
            channels.require(actor, "absent", "learner")
            return [_came(work, request, seen, reason)]
        gone = _gone(work, market_id, seen)
        channels.require(actor, "absent", "teacher" if gone[0].kind == _TEACHER else "learner")
        locked = lessons.lock(
            work,
            market_id=market_id,
            seat_ids=[seat_id],
            learner_ids=[one.learner_id for one in gone],
        )
        lesson = locked.lessons[seat_id]
        number, was_taught = lesson.course_number, lesson.was_taught
        takes, facts = _takes(work, request, lesson, gone)
        _have_time(work, request, lesson, locked.slots, reason)
        taken = _write(work, request, takes, facts, reason)
        if number is not None:
            lessons.set_course_number(work, market_id=market_id, lesson=lesson, number=number)
        if was_taught:
            lessons.count_as_taught(
                work, market_id=market_id, lesson=lesson, learner_id=lesson.learner_id
            )
        return taken

    return once(request, PlaceTaken, act)


def _came(work: Work, request: Request, lesson: LockedLesson, reason: str) -> PlaceTaken:
    """Let the learner of a seat that stayed have come; nothing is paid again."""
    lessons.forget_absence(work, market_id=request.actor.market_id, lesson=lesson)
    data: dict[str, object] = {"product": lesson.product, "asset": lesson.asset, "paid": 0}
    tell(work, request, lesson, _UNDONE, reason, data)
    return PlaceTaken(
        seat_id=lesson.seat_id,
        lesson_id=lesson.id,
        learner_id=lesson.learner_id,
        teacher_id=lesson.teacher_id,
        starts_at=lesson.starts_at,
        product=lesson.product,
        asset=lesson.asset,
        paid=0,
        free_cancel_until=lesson.starts_at - timedelta(hours=lesson.free_cancel_hours),
        left=None,
        was_kept=True,
    )


def _gone(work: Work, market_id: int, lesson: LockedLesson) -> list[Absence]:
    """Return those who lost their seats by the same absence, the seat's learner first."""
    [rows] = work.ask(last_absences(market_id=market_id, lesson_id=lesson.id)).fetch()
    mine = next((row for row in rows if row.learner_id == lesson.learner_id), None)
    if mine is None or lesson.seat_state == "live":
        raise AbsenceNotMarked(lesson.seat_id)
    if mine.kind != _TEACHER:
        return [mine]
    return [mine, *(row for row in rows if row is not mine and row.kind == _TEACHER)]


def _takes(
    work: Work, request: Request, lesson: LockedLesson, gone: Sequence[Absence]
) -> tuple[list[Take], Facts]:
    cells = [(one.learner_id, cell) for one in gone for cell in lesson.times]
    facts = operations.read_facts(
        work, market_id=request.actor.market_id, now=request.now, cells=cells
    )
    takes = [
        decide_return(
            facts, lesson, learner_id=one.learner_id, asset=one.asset, refunded=one.refunded
        )
        for one in gone
    ]
    return takes, facts


def _have_time(
    work: Work, request: Request, lesson: LockedLesson, slots: lessons.Slots, reason: str
) -> None:
    """Give the teacher the time back that went with the absence, or refuse (slot_already_taken)."""
    if lesson.state != "cancelled" or lesson.teacher_id is None:
        return
    market_id, teacher_id = request.actor.market_id, lesson.teacher_id
    for cell in lesson.times:
        if (teacher_id, cell) in slots:
            raise SlotAlreadyTaken(teacher_id, cell)
    target = Target("student", lesson.learner_id)
    made = [TakenSlot(teacher_id, cell, lesson.id, target, False) for cell in lesson.times]
    inventory.insert_taken_slots(work, market_id=market_id, taken=made)
    told = [
        Happened(
            0,
            "slot.released",
            request.actor,
            reason,
            teacher_id=teacher_id,
            starts_at=cell,
            data={"target": target.kind, "target_id": target.id},
        )
        for cell in lesson.times
    ]
    notices.append_new(work, at=request.now, events=told)


def _write(
    work: Work, request: Request, takes: Sequence[Take], facts: Facts, reason: str
) -> list[PlaceTaken]:
    actor, market_id = request.actor, request.actor.market_id
    numbers = operations.next_numbers(work, count=len(takes))
    placed = list(zip(numbers, takes, strict=True))
    changes = [Change(number, take=take) for number, take in placed]
    operations.write(work, actor=actor, now=request.now, changes=changes, spends=[], facts=facts)
    events = [_told(number, request, take, reason) for number, take in placed]
    notices.append(work, market_id=market_id, at=request.now, events=events)
    return [place_taken(number, take, None) for number, take in placed]


def _told(number: int, request: Request, take: Take, reason: str) -> Happened:
    lesson = take.lesson
    return Happened(
        number,
        _UNDONE,
        request.actor,
        reason,
        lesson_id=lesson.id,
        learner_id=take.learner_id,
        teacher_id=lesson.teacher_id,
        starts_at=lesson.starts_at,
        data={"product": lesson.product, "asset": take.asset, "paid": take.price},
    )
