"""Write slots, open or booked, and the events by which they were released."""

import numpy as np

from yueke.cli.demo.columns import DAY, Column, Flags, Instants, Ints
from yueke.cli.demo.copying import copy_arrays, json_of
from yueke.cli.demo.weeks import instant
from yueke.cli.demo.writing import Writing
from yueke.kernel.transaction import Work

_FIRST_RELEASED, _LAST_RELEASED = 45 * DAY, 32 * DAY
_SECOND = np.timedelta64(1, "s")


def write(work: Work, writing: Writing, *, lessons: Ints) -> None:
    """Write the slots of every week; `lessons` are the lessons' numbers."""
    company = writing.company
    abilities = _abilities(work, writing)
    offers, teachers = company.offers, company.teachers
    count = len(offers.cell)
    for place, week in enumerate(company.offered_weeks):
        starts = company.weeks.starts(week)[teachers.zones[offers.teacher], offers.cell]
        lesson = np.zeros(count, np.int64)
        this = company.lessons.week == week
        lesson[company.lessons.offer[this]] = lessons[this]
        _slots(writing, abilities, starts, lesson == 0, b"open", None)
        _slots(writing, abilities, starts, lesson > 0, b"booked", lesson[lesson > 0])
        _events(writing, starts, place * count)


def _abilities(work: Work, writing: Writing) -> Ints:
    """Return what each teacher, written before, can do, as slots tell it."""
    rows = work.run(
        __package__, "abilities", (writing.numbers.teacher, writing.company.teachers.count)
    )
    return np.array([bits for (bits,) in rows], np.int64)


def _slots(
    writing: Writing,
    abilities: Ints,
    starts: Instants,
    mine: Flags,
    state: bytes,
    lessons: Ints | None,
) -> None:
    teacher = writing.company.offers.teacher[mine]
    columns: dict[str, Column] = {
        "market_id": writing.market,
        "teacher_id": writing.numbers.teacher + teacher,
        "starts_at": starts[mine],
        "state": state,
        "rating": writing.company.teachers.ratings[teacher],
        "abilities": abilities[teacher],
        "lesson_id": lessons,
    }
    copy_arrays("slot", columns, told=writing.told)


def _events(writing: Writing, starts: Instants, first: int) -> None:
    company, numbers = writing.company, writing.numbers
    teacher = company.offers.teacher
    place = first + np.arange(len(teacher))
    # One after the other, in the order of their numbers.
    seconds = place / company.slots * ((_FIRST_RELEASED - _LAST_RELEASED) / _SECOND)
    columns: dict[str, Column] = {
        "id": numbers.released + place,
        "market_id": writing.market,
        "at": instant(company.weeks.now) - _FIRST_RELEASED + seconds.astype("timedelta64[s]"),
        "kind": b"slot.released",
        "channel": b"teachers",
        "actor_kind": b"user",
        "actor_id": numbers.teacher_user + teacher,
        "reason": b"",
        "teacher_id": numbers.teacher + teacher,
        "starts_at": starts,
        "data": json_of("{}"),
    }
    copy_arrays("event", columns, told=writing.told)
