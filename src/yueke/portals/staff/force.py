"""Time that nobody offered (F-1): teachers who teach the lesson and have nothing at that time."""

from datetime import datetime

from django.db.models import Exists, OuterRef, Q

from yueke.curriculum.models import LearningProgress
from yueke.inventory.models import Slot
from yueke.kernel.grid import cells_between, cells_of
from yueke.people import queries as people_queries
from yueke.people.models import Teacher
from yueke.portals.staff.desk import Desk


def half_hours_of_day(*, begin: datetime, end: datetime, now: datetime) -> list[datetime]:
    """Return the half-hours of a day that are still to come."""
    return list(cells_between(max(begin, now + datetime.resolution), end))


def teachers_without_slot(
    *, desk: Desk, course: LearningProgress, at: datetime, name: str, size: int
) -> list[Teacher]:
    """Return teachers of a name who teach a course and have not offered all the time of a lesson.

    What they have offered of it is open still.
    """
    slots = Slot.objects.filter(market_id=OuterRef("market_id"), teacher_id=OuterRef("pk"))
    cells = cells_of(at, course.product.cells)
    offered = [Exists(slots.filter(starts_at=cell)) for cell in cells]
    taken = slots.filter(starts_at__in=cells).exclude(state=Slot.State.OPEN)
    skill = f"{course.product.code}:{course.course.level}"
    teachers = people_queries.find_teachers(actor=desk.caller.actor, text=name)
    teachers = teachers.filter(~Exists(taken), ~Q(*offered), skills__contains=[skill])
    return list(teachers[:size])
