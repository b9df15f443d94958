"""Cancel an open class: everybody is refunded, nobody waits, the teacher's time is free (CU-3)."""

from yueke.booking.classes.hand_over import check_may
from yueke.booking.classes.operations import making as operations
from yueke.booking.classes.operations import read
from yueke.booking.classes.operations.waits import end_all
from yueke.booking.classes.orders import ClassCancelled
from yueke.booking.classes.rules import making as rules
from yueke.booking.classes.rules.facts import LockedClass
from yueke.booking.models import Lesson
from yueke.booking.operations import lesson as lessons
from yueke.booking.operations import place
from yueke.booking.places import left
from yueke.booking.queries import seat_ids_of_lesson
from yueke.booking.rules.place import decide_leave
from yueke.inventory import operations as inventory
from yueke.kernel.outcome import Answer
from yueke.kernel.transaction import Work
from yueke.notices import operations as notices
from yueke.notices.once import Request, once


def cancel(request: Request, *, class_id: int, reason: str = "") -> Answer[ClassCancelled]:
    """Cancel a class before it begins (CU-3, CL-1).

    All that was paid comes back, whoever waited is told, and the teacher's time is open to whom it
    was open before. Refuses: channel_may_not, classes_handed_over, class_not_found,
    class_already_started. Locks the learners in it, its slots, the class.
    """
    market_id = request.actor.market_id

    def act(work: Work) -> list[ClassCancelled]:
        check_may(request, "cancel")
        seats = seat_ids_of_lesson(market_id=market_id, lesson_id=class_id)
        lessons.lock(work, market_id=market_id, seat_ids=seats)
        found = read.lock_class(work, actor=request.actor, class_id=class_id)
        rules.check_not_begun(found, request.now)
        empty = _empty(work, request, found, reason)
        waits = end_all(
            work,
            actor=request.actor,
            now=request.now,
            found=found,
            why="class_cancelled",
            reason=reason,
        )
        _free_time(work, request, found)
        Lesson.objects.filter(id=found.id).update(state=Lesson.State.CANCELLED)
        data: dict[str, object] = {"seats": empty, "waits": waits}
        operations.tell(
            work,
            actor=request.actor,
            now=request.now,
            found=found,
            kind="class.cancelled",
            reason=reason,
            data=data,
        )
        return [ClassCancelled(found.id, found.teacher_id, found.starts_at, empty, waits)]

    return once(request, ClassCancelled, act)


def _empty(work: Work, request: Request, found: LockedClass, reason: str) -> int:
    """Let all who have seats leave, refunded; return how many."""
    actor = request.actor
    seats = lessons.lock_all_seats(work, market_id=actor.market_id, lesson_id=found.id)
    leaves = [decide_leave(seat, side="staff", now=request.now) for seat in seats]
    changes = place.changes_of(work, leaves)
    place.leave(work, actor=actor, now=request.now, changes=changes, emptied="cancelled")
    events = [
        left(change.number, "lesson.cancelled", request, change.leave, reason)
        for change in changes
        if change.leave
    ]
    for event in events:
        event.data["with_class"] = True
    notices.append(work, market_id=actor.market_id, at=request.now, events=events)
    return len(leaves)


def _free_time(work: Work, request: Request, found: LockedClass) -> None:
    if found.teacher_id is None:
        return
    market_id, teacher_id = request.actor.market_id, found.teacher_id
    slots = [(teacher_id, cell) for cell in found.times]
    # Of a class without seats, nothing has locked them.
    work.ask(inventory.lock_slots(market_id=market_id, slots=slots))
    freed = [(teacher_id, cell, found.id) for cell in found.times]
    inventory.give_back_slots(work, market_id=market_id, freed=freed)
