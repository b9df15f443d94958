"""What stands in a teacher's calendar: free time in stretches, and lessons."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils.translation import gettext, pgettext

from yueke.booking import queries as booking_queries
from yueke.booking.classes.queries import titles_of
from yueke.booking.queries import LessonRow, Which
from yueke.inventory import queries as inventory_queries
from yueke.inventory.models import Slot
from yueke.kernel.grid import HALF_HOUR
from yueke.portals import states
from yueke.portals.caller import Caller
from yueke.portals.lesson_state import lesson_state
from yueke.portals.shown_class import title_of

# Half-hours of five weeks with four learners each: more than a calendar shows at once.
LESSONS_MAX = 7000


@dataclass(slots=True)
class Entry:
    """A stretch of free time, or a lesson: `seat_id` is that of one of its learners."""

    begins: datetime
    ends: datetime
    state: str
    title: str
    seat_id: int | None = None


def entries_of_teacher(
    *, caller: Caller, teacher_id: int, begin: datetime, end: datetime
) -> list[Entry]:
    """Return what the teacher has in the half-open range, in order of time."""
    slots = inventory_queries.slots_of_teacher(
        market_id=caller.actor.market_id, teacher_id=teacher_id, begin=begin, end=end
    )
    which = Which(teacher_id=teacher_id, begin=begin, end=end, state="live")
    rows = booking_queries.list_lessons(actor=caller.actor, which=which, size=LESSONS_MAX)
    titles = titles_of(market_id=caller.actor.market_id, lesson_ids={row.lesson_id for row in rows})
    found = [
        *free_stretches(slots=slots, now=caller.now),
        *lessons(rows=rows, titles=titles, now=caller.now),
    ]
    return sorted(found, key=lambda entry: entry.begins)


def free_stretches(*, slots: Iterable[Slot], now: datetime) -> list[Entry]:
    """Join the open and held half-hours to come, side by side and of one sort, to stretches."""
    stretches: list[Entry] = []
    for slot in slots:
        if slot.state == Slot.State.BOOKED or slot.starts_at <= now or _is_over(slot, now):
            continue
        title = _free_title(slot)
        last = stretches[-1] if stretches else None
        if last and (last.ends, last.state, last.title) == (slot.starts_at, slot.state, title):
            last.ends += HALF_HOUR
        else:
            ends = slot.starts_at + HALF_HOUR
            stretches.append(Entry(slot.starts_at, ends, slot.state, title))
    return stretches


def lessons(
    *, rows: Sequence[LessonRow], titles: Mapping[int, tuple[str, str]], now: datetime
) -> list[Entry]:
    """Return one entry a lesson, with the names of all its learners; a class by its title."""
    found: dict[int, Entry] = {}
    for row in rows:
        if entry := found.get(row.lesson_id):
            if row.lesson_id not in titles:
                entry.title = f"{row.learner_name}, {entry.title}"
            continue
        ends = row.starts_at + timedelta(minutes=row.minutes)
        state = lesson_state(row=row, now=now)
        title = title_of(*titles.get(row.lesson_id, ("", ""))) or _lesson_title(row)
        found[row.lesson_id] = Entry(row.starts_at, ends, state, title, row.seat_id)
    return list(found.values())


def _is_over(slot: Slot, now: datetime) -> bool:
    return slot.reserved_until is not None and slot.reserved_until <= now


def _free_title(slot: Slot) -> str:
    if slot.target_kind == Slot.Target.STUDENT:
        return gettext("Free, for one learner")
    if slot.target_kind == Slot.Target.PRODUCT:
        return gettext("Free, for one kind of lesson")
    return str(states.WORDS[slot.state])


def _lesson_title(row: LessonRow) -> str:
    if row.state == "vacant":
        return gettext("A learner may still come")
    if row.level is None:
        return row.learner_name
    return pgettext("a lesson in a narrow column", "%(name)s · L%(level)s") % {
        "name": row.learner_name,
        "level": row.level,
    }
