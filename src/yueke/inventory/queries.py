"""Find open slots: by teacher, by half-hour, and a teacher's own week."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import QuerySet

from yueke.inventory.models import Slot
from yueke.kernel.columns import instants, numbers, texts
from yueke.kernel.containing import containing
from yueke.kernel.transaction import Question, Work
from yueke.notices.models import Event
from yueke.people.models import RATING_MAX

_HIGHEST = (RATING_MAX + 1, 0)


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is looked for: a lesson of so many cells from one of `starts`, when the learner can.

    `skill` is a product code and level (`major:3`); a teacher has it, and every tag.
    """

    market_id: int
    starts: Sequence[datetime]
    skill: str
    tags: Sequence[str]
    learner_id: int
    product_id: int
    now: datetime
    cells: int = 1

    def params(self) -> dict[str, object]:
        """Return what the statements of this file need."""
        return {
            "market_id": self.market_id,
            "starts": instants(self.starts),
            "skills": texts([self.skill]),
            "tags": texts(self.tags),
            "learner_id": self.learner_id,
            "product_id": self.product_id,
            "now": self.now,
            "cells": self.cells,
        }


@dataclass(slots=True)
class FreeTeacher:
    """A teacher with open time. `rating` is in hundredths."""

    teacher_id: int
    rating: int
    name: str
    zone: str
    tags: list[str]
    starts: list[datetime]


@dataclass(slots=True)
class _FreeFor(FreeTeacher):
    """A teacher who is free for that of the wanted which stands at a place, the first at 0."""

    place: int


def find_teachers(
    work: Work, *, wanted: Wanted, size: int, after: tuple[int, int] | None = None
) -> list[FreeTeacher]:
    """Return a page of teachers, best rating first; `after` is the last (rating, id) seen."""
    rating, teacher_id = after or _HIGHEST
    page = {"after_rating": rating, "after_teacher": teacher_id, "size": size}
    return _ask(work, "find_teachers", wanted.params() | page, FreeTeacher)


def find_named_teachers(
    work: Work, *, wanted: Wanted, name: str, size: int, after: tuple[int, int] | None = None
) -> list[FreeTeacher]:
    """Return a page of teachers with these letters in their name, best rating first."""
    rating, teacher_id = after or _HIGHEST
    page = {"after_rating": rating, "after_teacher": teacher_id, "size": size}
    params = wanted.params() | page | {"name": containing(name)}
    return _ask(work, "find_named_teachers", params, FreeTeacher)


def find_teachers_of_each(
    work: Work, *, market_id: int, now: datetime, wanted: Sequence[Wanted], size: int
) -> list[list[FreeTeacher]]:
    """Return so many teachers for each that is wanted, best rating first; one query for all.

    Each is wanted from one start and without tags, all in one market at one moment.
    """
    params = {
        "market_id": market_id,
        "now": now,
        "size": size,
        "starts": instants(one.starts[0] for one in wanted),
        "cells": numbers(one.cells for one in wanted),
        "skills": texts(one.skill for one in wanted),
        "learners": numbers(one.learner_id for one in wanted),
        "products": numbers(one.product_id for one in wanted),
    }
    found: list[list[FreeTeacher]] = [[] for _ in wanted]
    for free in _ask(work, "find_teachers_of_each", params, _FreeFor):
        found[free.place].append(free)
    return found


def get_free_times(work: Work, *, wanted: Wanted, teacher_id: int) -> FreeTeacher | None:
    """Return a teacher of the market with the open ones of the half-hours, perhaps none."""
    params = wanted.params() | {"teacher_id": teacher_id}
    found = _ask(work, "free_times", params, FreeTeacher)
    return found[0] if found else None


def find_half_hours(work: Work, *, wanted: Wanted, count_up_to: int) -> list[tuple[datetime, int]]:
    """Return the half-hours with any teacher and how many, ordinary slots counted to a limit."""
    params = wanted.params()
    counted = params | {"count_up_to": count_up_to}
    ordinary, targeted = work.ask(
        Question(__package__, "find_half_hours", counted, _Free),
        Question(__package__, "targeted_half_hours", params, _Free),
    ).fetch()
    found = {free.starts_at: free.teachers for free in ordinary}
    for free in targeted:
        found[free.starts_at] = min(count_up_to, found.get(free.starts_at, 0) + free.teachers)
    return sorted(found.items())


@dataclass(slots=True)
class _Free:
    """A half-hour, and how many teachers are free then."""

    starts_at: datetime
    teachers: int


def _ask(work: Work, name: str, params: dict[str, object], row: type) -> list[Any]:
    [rows] = work.ask(Question(__package__, name, params, row)).fetch()
    return rows


def slots_of_teacher(
    *, market_id: int, teacher_id: int, begin: datetime, end: datetime
) -> QuerySet[Slot]:
    """Return a teacher's slots that start in the half-open range, in order of time."""
    return Slot.objects.filter(
        market_id=market_id, teacher_id=teacher_id, starts_at__gte=begin, starts_at__lt=end
    ).order_by("starts_at")


def starts_withdrawn(
    *, market_id: int, teacher_id: int, starts: Collection[datetime]
) -> set[datetime]:
    """Return which of a teacher's half-hours somebody has withdrawn, perhaps offered since."""
    events = Event.objects.filter(market_id=market_id, teacher_id=teacher_id, starts_at__in=starts)
    withdrawn = events.filter(kind="slot.withdrawn").values_list("starts_at", flat=True)
    return {start for start in withdrawn if start is not None}
