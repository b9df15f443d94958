"""Take down who came to an open class."""

from collections.abc import Collection

from yueke.booking.classes.hand_over import check_may
from yueke.booking.classes.models import Attendance
from yueke.booking.classes.operations import making, read
from yueke.booking.classes.orders import Attended
from yueke.booking.classes.rules.making import check_begun
from yueke.booking.models import Seat
from yueke.booking.refusals import LessonNotFound
from yueke.kernel.outcome import Answer
from yueke.kernel.transaction import Work
from yueke.notices.once import Request, once


def take_attendance(
    request: Request, *, class_id: int, seat_ids: Collection[int], reason: str = ""
) -> Answer[Attended]:
    """Take down that the learners of these seats came, and of all others of the class did not.

    It may be taken down again. Refuses: channel_may_not, classes_handed_over, class_not_found,
    class_not_started, lesson_not_found. Locks the class.
    """

    def act(work: Work) -> list[Attended]:
        check_may(request, "attend")
        found = read.lock_class(work, actor=request.actor, class_id=class_id)
        check_begun(found, request.now)
        live = Seat.objects.filter(lesson_id=class_id, state=Seat.State.LIVE)
        seats = list(live.values_list("id", flat=True))
        for seat_id in seat_ids:
            if seat_id not in seats:
                raise LessonNotFound(seat_id)
        Attendance.objects.filter(lesson_id=class_id).delete()
        Attendance.objects.bulk_create(
            Attendance(
                seat_id=seat_id,
                market_id=request.actor.market_id,
                lesson_id=class_id,
                came=seat_id in seat_ids,
            )
            for seat_id in seats
        )
        came = len(set(seat_ids))
        data: dict[str, object] = {"came": came, "absent": len(seats) - came}
        making.tell(
            work,
            actor=request.actor,
            now=request.now,
            found=found,
            kind="class.attended",
            reason=reason,
            data=data,
        )
        return [Attended(class_id, came, len(seats) - came)]

    return once(request, Attended, act)
