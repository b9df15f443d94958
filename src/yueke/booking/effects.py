"""What a command would do to others: what the log tells of it, who is paid, whose calendar changes.

It is carried out and taken back; the lessons that the log names are read as they would be, and as
they are.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import zip_longest
from typing import TypeVar

from yueke.kernel.columns import numbers
from yueke.kernel.transaction import Question, Work, read, rehearse
from yueke.notices import operations as notices
from yueke.notices import reader
from yueke.notices.reader import Logged
from yueke.people import policies
from yueke.people import queries as people

Done = TypeVar("Done")


@dataclass(slots=True)
class Standing:
    """A lesson as it stands; `is_unpaid`: nobody attended it, and by policy nobody is paid."""

    id: int
    starts_at: datetime
    state: str
    teacher_id: int | None
    teacher_name: str | None
    learners: list[int]
    is_unpaid: bool

    @property
    def teacher(self) -> tuple[int, str] | None:
        """Who teaches it, if it takes place."""
        if self.teacher_id is None or self.teacher_name is None or self.state == "cancelled":
            return None
        return self.teacher_id, self.teacher_name


@dataclass(frozen=True, slots=True)
class Pay:
    """A teacher's pay for one lesson, as it is and as it will be.

    `unpaid`, `paid`, `taught` (once it is), or `kept` (at the start, even if no learner comes).
    """

    teacher: str
    was: str
    will: str


@dataclass(frozen=True, slots=True)
class Effects:
    """What happens to others: the events, the pay that changes, and whose calendars change."""

    events: list[Logged]
    pay: list[Pay]
    teachers: list[str]
    learners: list[str]


def rehearsed(*, market_id: int, act: Callable[[], Done]) -> tuple[Done, Effects]:
    """Carry `act` out and take it back; return its answer, and what it would do to others.

    `act` gives commands that are no dry run. Refuses as it does.
    """
    with rehearse() as work:
        mark = mark_log(work)
        answer = act()
        events, after = look_after(work, market_id=market_id, mark=mark)
    return answer, effects_of(market_id=market_id, events=events, after=after)


def mark_log(work: Work) -> int:
    """Return a number that whatever is told from now on comes after."""
    [[number]] = work.ask(notices.next_ids(count=1)).fetch()
    mark: int = number.id
    return mark


def look_after(
    work: Work, *, market_id: int, mark: int
) -> tuple[list[Logged], dict[int, Standing]]:
    """Return what this transaction told after a mark, and the lessons it told of."""
    [events] = work.ask(reader.told_here(after=mark)).fetch()
    return events, _stand(work, market_id, {event.lesson_id for event in events})


def effects_of(*, market_id: int, events: Sequence[Logged], after: dict[int, Standing]) -> Effects:
    """Return what becomes of others, once what was carried out has been taken back."""
    with read() as work:
        before = _stand(work, market_id, after)
        pairs = [(before.get(lesson_id), now) for lesson_id, now in after.items()]
        moved = {learner_id for was, now in pairs for learner_id in _moved(was, now)}
        [learners] = work.ask(people.name_learners(market_id=market_id, ids=moved)).fetch()
    teachers = dict(one for was, now in pairs for one in _whose_changes(was, now))
    names = [one.name for one in learners]
    return Effects(list(events), _pay(market_id, pairs), list(teachers.values()), names)


def _stand(work: Work, market_id: int, ids: Iterable[int | None]) -> dict[int, Standing]:
    params = (market_id, numbers(one for one in ids if one is not None))
    [rows] = work.ask(Question(__package__, "lessons_as_they_are", params, Standing)).fetch()
    return {row.id: row for row in rows}


def _attend(lesson: Standing | None) -> set[int]:
    return set(lesson.learners) if lesson and lesson.state != "cancelled" else set()


def _moved(was: Standing | None, now: Standing) -> set[int]:
    """Return the learners for whom a lesson comes, goes, or has another teacher."""
    if was and was.teacher_id != now.teacher_id:
        return _attend(was) | _attend(now)
    return _attend(was) ^ _attend(now)


def _whose_changes(was: Standing | None, now: Standing) -> list[tuple[int, str]]:
    """Return the teachers for whom a lesson comes, goes, or has other learners."""
    teachers = [one.teacher if one else None for one in (was, now)]
    if teachers[0] == teachers[1] and _attend(was) == _attend(now):
        return []
    return [teacher for teacher in teachers if teacher]


def _pay(market_id: int, pairs: Sequence[tuple[Standing | None, Standing]]) -> list[Pay]:
    """Return what becomes of each teacher's pay; who loses one lesson for another has the same."""
    before: dict[tuple[int, str], Counter[str]] = defaultdict(Counter)
    after: dict[tuple[int, str], Counter[str]] = defaultdict(Counter)
    for was, now in pairs:
        for lesson, paid in ((was, before), (now, after)):
            for teacher, how in _paid(market_id, lesson).items():
                paid[teacher][how] += 1
    return [
        Pay(teacher[1], was_paid, will_be)
        for teacher in dict.fromkeys([*before, *after])
        for was_paid, will_be in zip_longest(
            (before[teacher] - after[teacher]).elements(),
            (after[teacher] - before[teacher]).elements(),
            fillvalue="unpaid",
        )
    ]


def _paid(market_id: int, lesson: Standing | None) -> dict[tuple[int, str], str]:
    """Return whom a lesson pays and when, if anyone."""
    if lesson is None or lesson.teacher is None or lesson.is_unpaid:
        return {}
    if lesson.state != "vacant":
        return {lesson.teacher: "paid" if lesson.state == "finished" else "taught"}
    in_force = policies.in_force(market_id=market_id, at=lesson.starts_at)
    is_paid = in_force.text("fake_cancel_pay") == "paid"
    return {lesson.teacher: "kept" if is_paid else "taught"}
