"""Write slots, open or booked, and the events by which they were released."""

import numpy as np

from yueke.cli.demo.catalogue import Catalogue
from yueke.cli.demo.columns import DAY, Column, Flags, Instants, Ints
from yueke.cli.demo.company import Company
from yueke.cli.demo.copying import Told, copy_arrays, json_of
from yueke.cli.demo.numbers import Numbers
from yueke.cli.demo.weeks import instant

_FIRST_RELEASED, _LAST_RELEASED = 45 * DAY, 32 * DAY


def write(
    *, company: Company, catalogue: Catalogue, numbers: Numbers, lessons: Ints, told: Told
) -> None:
    """Write the slots of every week; `lessons` are the lessons' numbers."""
    offers, teachers = company.offers, company.teachers
    count = len(offers.cell)
    for place, week in enumerate(company.offered_weeks):
        starts = company.weeks.starts(week)[teachers.zones[offers.teacher], offers.cell]
        lesson = np.zeros(count, np.int64)
        this = company.lessons.week == week
        lesson[company.lessons.offer[this]] = lessons[this]
        _slots(company, catalogue, numbers, starts, lesson, told)
        _events(company, catalogue, numbers, starts, place * count, told)


def _slots(
    company: Company,
    catalogue: Catalogue,
    numbers: Numbers,
    starts: Instants,
    lesson: Ints,
    told: Told,
) -> None:
    teacher = company.offers.teacher
    rating = company.teachers.ratings[teacher].astype(np.int16)

    def some(mine: Flags, state: bytes, lessons: Ints | None) -> None:
        columns: dict[str, Column] = {
            "market_id": np.int32(catalogue.market),
            "teacher_id": numbers.teacher + teacher[mine],
            "starts_at": starts[mine],
            "state": state,
            "rating": rating[mine],
            "lesson_id": lessons,
        }
        copy_arrays("slot", columns, told=told)

    some(lesson == 0, b"open", None)
    some(lesson > 0, b"booked", lesson[lesson > 0])


def _events(
    company: Company,
    catalogue: Catalogue,
    numbers: Numbers,
    starts: Instants,
    first: int,
    told: Told,
) -> None:
    teacher = company.offers.teacher
    place = first + np.arange(len(teacher))
    begin = instant(company.weeks.now) - _FIRST_RELEASED
    passed = place / company.slots * ((_FIRST_RELEASED - _LAST_RELEASED) / np.timedelta64(1, "s"))
    columns: dict[str, Column] = {
        "id": numbers.released + place,
        "market_id": np.int32(catalogue.market),
        "at": begin + passed.astype("timedelta64[s]"),
        "kind": b"slot.released",
        "channel": b"teachers",
        "actor_kind": b"user",
        "actor_id": numbers.teacher_user + teacher,
        "reason": b"",
        "teacher_id": numbers.teacher + teacher,
        "starts_at": starts,
        "data": json_of("{}"),
    }
    copy_arrays("event", columns, told=told)
