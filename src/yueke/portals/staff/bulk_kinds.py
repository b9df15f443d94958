"""What can be done to many at once, and how each of the many is told: one row a deed."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from zoneinfo import ZoneInfo

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext, pgettext_lazy

from yueke.booking import queries as booking_queries
from yueke.booking.classes import queries as class_queries
from yueke.booking.classes.queries import WhichClasses
from yueke.people import queries as people
from yueke.portals import ids
from yueke.portals.shown_class import ShownClass
from yueke.portals.staff.class_do import CLASS_DEEDS
from yueke.portals.staff.desk import Desk
from yueke.portals.staff.lesson_deeds import LESSON_DEEDS


@dataclass(frozen=True, slots=True)
class Subject:
    """A lesson, a class or a learner among the many; `cells` stand after the id in a file."""

    id: str
    url: str
    words: str
    cells: list[str]
    at: datetime | None = None
    other_zone: str | None = None


@dataclass(frozen=True, slots=True)
class Kind:
    """How those of one kind are found by number, and the heads of their cells."""

    find: Callable[[Desk, Sequence[int]], dict[int, Subject]]
    head: Callable[[Desk], list[str]]


def _lessons(desk: Desk, numbers: Sequence[int]) -> dict[int, Subject]:
    found = booking_queries.get_lessons(actor=desk.caller.actor, seat_ids=numbers)
    return {
        number: Subject(
            ids.SEAT.show(number),
            reverse("staff_lesson", args=[ids.SEAT.show(number)]),
            f"{row.learner_name} · {row.teacher_name or ''}",
            [_clock(desk, row.starts_at), row.learner_name, row.teacher_name or ""],
            row.starts_at,
            row.teacher_zone,
        )
        for number, row in found.items()
    }


def _classes(desk: Desk, numbers: Sequence[int]) -> dict[int, Subject]:
    rows = class_queries.list_classes(
        actor=desk.caller.actor, which=WhichClasses(ids=numbers), size=len(numbers)
    )
    classes = [ShownClass(row, desk.caller.now) for row in rows]
    return {
        one.row.class_id: Subject(
            one.id,
            reverse("staff_class", args=[one.id]),
            f"{one.title or '—'} · {one.row.teacher_name or ''}",
            [_clock(desk, one.row.starts_at), one.title, one.row.teacher_name or ""],
            one.row.starts_at,
            one.row.teacher_zone,
        )
        for one in classes
    }


def _learners(desk: Desk, numbers: Sequence[int]) -> dict[int, Subject]:
    """Name the learners to those who see learners; to others they are ids."""
    names = people.names_of_learners(ids=numbers) if desk.allowed.sees_learners else {}
    shown = {number: ids.LEARNER.show(number) for number in numbers}
    return {
        number: Subject(
            public,
            reverse("staff_learner", args=[public]),
            names.get(number, public),
            [names.get(number, "")],
        )
        for number, public in shown.items()
    }


def _clock(desk: Desk, at: datetime) -> str:
    return f"{at.astimezone(ZoneInfo(desk.zone)):%Y-%m-%d %H:%M}"


def _begins(desk: Desk) -> str:
    return gettext("Begins (%(zone)s)") % {"zone": desk.zone}


LESSONS: Final = Kind(
    _lessons, lambda desk: [_begins(desk), gettext("Learner"), gettext("Teacher")]
)
CLASSES: Final = Kind(_classes, lambda desk: [_begins(desk), gettext("Title"), gettext("Teacher")])
LEARNERS: Final = Kind(_learners, lambda desk: [gettext("Learner")])

# Each deed by the code that a bulk keeps.
BULKS: Final[Mapping[str, tuple[Promise, Kind]]] = {
    **{deed.code: (deed.label, LESSONS) for deed in LESSON_DEEDS.values() if deed.in_bulk},
    **{f"class-{deed.code}": (deed.label, CLASSES) for deed in CLASS_DEEDS.values()},
    "grant": (pgettext_lazy("a deed with learners", "Give"), LEARNERS),
    "grant-campaign": (pgettext_lazy("a deed with learners", "Give of a campaign"), LEARNERS),
}
