"""A time that can't be had any more: why, and the nearest ones that can."""

from datetime import datetime, timedelta
from typing import Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from yueke.booking import queries as booking_queries
from yueke.booking.queries import Which
from yueke.booking.refusals import LearnerBusy
from yueke.curriculum.models import CELLS_MAX
from yueke.inventory import queries as inventory_queries
from yueke.inventory.refusals import SlotAlreadyTaken, SlotNotOpen, TimeInPast
from yueke.kernel.grid import HALF_HOUR
from yueke.kernel.http_status import STATUS
from yueke.kernel.refusal import Refusal
from yueke.portals.family.addresses import stamp
from yueke.portals.family.look import Look
from yueke.portals.family.teachers import show_teachers

# Refusals that another time or another teacher answers.
CODES: Final = frozenset(
    {
        "slot_already_taken",
        "slot_not_open",
        "slot_targeted",
        "teacher_does_not_teach",
        "learner_busy",
        "time_in_past",
        "time_off_grid",
    }
)
NEAREST: Final = 3
AROUND: Final = timedelta(days=7)


def why_gone(*, look: Look, teacher_id: int, at: datetime) -> Refusal:
    """Return why the child can't have this time of this teacher."""
    caller = look.visit.caller
    if at <= caller.now:
        return TimeInPast(at)
    end = at + HALF_HOUR * look.course.product.cells
    which = Which(
        learner_id=look.visit.child.pk,
        begin=at - CELLS_MAX * HALF_HOUR,
        end=end,
        ends_after=at,
        state="live",
    )
    if booking_queries.list_lessons(actor=caller.actor, which=which, size=1):
        return LearnerBusy(look.visit.child.pk, at)
    slots = inventory_queries.slots_of_teacher(
        market_id=caller.actor.market_id, teacher_id=teacher_id, begin=at, end=end
    )
    if slots.filter(state="booked").exists():
        return SlotAlreadyTaken(teacher_id, at)
    return SlotNotOpen(teacher_id, at)


def show_gone(
    *, request: HttpRequest, look: Look, teacher_id: int, at: datetime, refusal: Refusal
) -> HttpResponse:
    """Say why, and offer the nearest times of this teacher and other teachers at this time."""
    caller = look.visit.caller
    same = booking_queries.get_free_times(
        actor=caller.actor,
        now=caller.now,
        search=look.search(begin=max(at - AROUND, caller.now), end=at + AROUND),
        teacher_id=teacher_id,
    )
    others = booking_queries.find_teachers(
        actor=caller.actor,
        now=caller.now,
        search=look.search(begin=at, end=at + HALF_HOUR),
        size=NEAREST,
    )
    [teacher, *other_teachers] = show_teachers(look=look, found=[same, *others])
    nearest = sorted(teacher.times, key=lambda time: abs(time.at - at))[:NEAREST]
    context = {
        "visit": look.visit,
        "look": look,
        "refusal": refusal,
        "at": at,
        "teacher": teacher,
        "nearest": sorted(nearest, key=lambda time: time.at),
        "others": other_teachers,
        "back_url": look.url("family_book", at=stamp(at)),
    }
    return render(request, "portals/family/gone.html", context, status=STATUS[refusal.kind])
