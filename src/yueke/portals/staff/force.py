"""Time that nobody offered (F-1): teachers who teach the lesson and have nothing at that time."""

from datetime import datetime

from django.db.models import Exists, OuterRef

from yueke.curriculum.models import LearningProgress
from yueke.inventory.models import Slot
from yueke.kernel.grid import cells_between
from yueke.people import queries as people_queries
from yueke.people.models import Teacher
from yueke.portals.staff.desk import Desk


def half_hours_of_day(*, begin: datetime, end: datetime, now: datetime) -> list[datetime]:
    """Return the half-hours of a day that are still to come."""
    return list(cells_between(max(begin, now + datetime.resolution), end))


def teachers_without_slot(
    *, desk: Desk, course: LearningProgress, at: datetime, name: str, size: int
) -> list[Teacher]:
    """Return teachers of a name who teach a course and have offered nothing at a half-hour."""
    offered = Slot.objects.filter(
        market_id=OuterRef("market_id"), teacher_id=OuterRef("pk"), starts_at=at
    )
    skill = f"{course.product.code}:{course.course.level}"
    teachers = people_queries.find_teachers(actor=desk.caller.actor, text=name)
    return list(teachers.filter(~Exists(offered), skills__contains=[skill])[:size])
