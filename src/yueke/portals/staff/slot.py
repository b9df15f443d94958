"""One half-hour of a teacher: its state, and everything that happened to it."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from yueke.booking import queries as booking_queries
from yueke.inventory import queries as inventory_queries
from yueke.inventory.models import Slot
from yueke.kernel.grid import HALF_HOUR
from yueke.notices import queries as notices_queries
from yueke.portals import ids
from yueke.portals.access import staff_page
from yueke.portals.staff import timeline
from yueke.portals.staff.desk import Desk, sit_down
from yueke.portals.staff.targets import kept_words, names_of_targets
from yueke.portals.staff.teacher import find
from yueke.portals.stamps import read_stamp


@staff_page
@require_safe
def slot(request: HttpRequest, teacher: str, stamp: str) -> HttpResponse:
    """Show the sheet of a half-hour, whether or not it is offered now."""
    desk = sit_down(request=request, see="teachers")
    person = find(desk=desk, teacher=teacher)
    starts_at = read_stamp(stamp)
    if starts_at is None:
        raise Http404
    slots = inventory_queries.slots_of_teacher(
        market_id=desk.market_id,
        teacher_id=person.pk,
        begin=starts_at,
        end=starts_at + HALF_HOUR,
    )
    found = slots.first()
    context: dict[str, object] = {
        "desk": desk,
        "teacher": person,
        "id": teacher,
        "starts_at": starts_at,
        "until": starts_at + HALF_HOUR,
        "slot": found,
        "seat": _seat(desk, found),
        "may_change": desk.allowed.deeds and starts_at > desk.caller.now,
    }
    if found:
        names = names_of_targets(desk=desk, slots=[found])
        context["kept"] = kept_words(slot=found, names=names)
    if desk.allowed.sees_audit:
        lesson_ids = booking_queries.lesson_ids_of_slot(
            market_id=desk.market_id, teacher_id=person.pk, starts_at=starts_at
        )
        events = notices_queries.events_of_slot(
            market_id=desk.market_id,
            teacher_id=person.pk,
            starts_at=starts_at,
            lesson_ids=lesson_ids,
        )
        context |= timeline.log(desk=desk, events=events, request=request, of=person)
    return render(request, "portals/staff/slot.html", context)


def _seat(desk: Desk, slot: Slot | None) -> str:
    """Return the id of a seat of the slot's lesson, or ''."""
    if slot is None or slot.lesson_id is None or not desk.allowed.sees_lessons:
        return ""
    seats = booking_queries.seat_ids_of_lesson(market_id=desk.market_id, lesson_id=slot.lesson_id)
    return ids.SEAT.show(seats[0]) if seats else ""
