"""What a command would do: it is carried out, what is around it is read, all is taken back."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import chain
from typing import Any

from yueke.booking.effects import Effects, effects_of, look_after, mark_log
from yueke.booking.refusals import LessonNotFound
from yueke.curriculum import queries as curriculum
from yueke.kernel.columns import instants, numbers
from yueke.kernel.grid import cells_of
from yueke.kernel.outcome import Answer
from yueke.kernel.refusal import Refusal
from yueke.kernel.transaction import Question, Work, read, rehearse
from yueke.people import queries as people
from yueke.wallet import queries as wallet


@dataclass(frozen=True, slots=True)
class Scope:
    """Where to look: half-hours of teachers, and learners' seats, wallets and progress then."""

    market_id: int
    product_id: int
    times: Sequence[datetime]
    learner_ids: Collection[int]
    teacher_ids: Collection[int]


@dataclass(frozen=True, slots=True)
class Around:
    """How things stand: each by teacher and half-hour, or by learner.

    `slots` are states with the kind of their target, absent where none is offered; `lessons` the
    states of lessons at the time, with the number of the one that is taught; `balances` by learner
    and asset; `progress` level and number; `learners` and `teachers` the names of all.
    """

    slots: dict[tuple[int, datetime], tuple[str, str | None]]
    lessons: dict[int, tuple[str, int | None]]
    balances: dict[tuple[int, str], int]
    progress: dict[int, tuple[int, int]]
    learners: dict[int, str]
    teachers: dict[int, str]


@dataclass(frozen=True, slots=True)
class Foreseen:
    """How things stand in each scope and how they would, and what is done to others."""

    around: list[tuple[Around, Around]]
    effects: Effects


@dataclass(slots=True)
class _Whereabouts:
    product_id: int
    starts_at: datetime
    cells: int
    teacher_id: int | None
    learners: list[int]


@dataclass(slots=True)
class _Slot:
    teacher_id: int
    starts_at: datetime
    state: str
    target_kind: str | None


@dataclass(slots=True)
class _Lesson:
    learner_id: int
    state: str
    course_number: int | None


def scope_of_lesson(
    *, market_id: int, lesson_id: int, learner_ids: Collection[int] = (),
    teacher_ids: Collection[int] = (),
) -> Scope:  # fmt: skip
    """Return where to look around a lesson, and others who may be touched.

    Refuses: lesson_not_found.
    """
    asked = Question(__package__, "whereabouts", (market_id, lesson_id), _Whereabouts)
    with read() as work:
        [found] = work.ask(asked).fetch()
    if not found:
        raise LessonNotFound(lesson_id)
    [lesson] = found
    learners = {*learner_ids, *lesson.learners}
    teachers = {*teacher_ids, *([lesson.teacher_id] if lesson.teacher_id else [])}
    times = cells_of(lesson.starts_at, lesson.cells)
    return Scope(market_id, lesson.product_id, times, learners, teachers)


def foresee(
    *, scopes: Sequence[Scope], now: datetime, act: Callable[[], Answer[Any] | Refusal]
) -> Foreseen:
    """Return how things stand in each scope, and how they would after `act`, which is taken back.

    `act` gives one command. Refuses as it does.
    """
    market_id = scopes[0].market_id
    with rehearse() as work:
        before = _look_around(work, scopes, now)
        mark = mark_log(work)
        answer = act()
        if isinstance(answer, Refusal):
            raise answer
        answer.all()
        after = _look_around(work, scopes, now)
        events, lessons = look_after(work, market_id=market_id, mark=mark)
    effects = effects_of(market_id=market_id, events=events, after=lessons)
    return Foreseen(list(zip(before, after, strict=True)), effects)


def _look_around(work: Work, scopes: Sequence[Scope], now: datetime) -> list[Around]:
    """Return how things stand in each scope, as of one moment."""
    asked = [_questions(scope, now) for scope in scopes]
    answers = iter(work.ask(*chain.from_iterable(asked)).fetch())
    return [_around([next(answers) for _ in questions]) for questions in asked]


def _questions(scope: Scope, now: datetime) -> list[Question]:
    market_id, learner_ids, teacher_ids = scope.market_id, scope.learner_ids, scope.teacher_ids
    slots = (market_id, numbers(teacher_ids), instants(scope.times))
    lessons = (market_id, numbers(learner_ids), scope.times[0])
    return [
        Question(__package__, "slots_around", slots, _Slot),
        Question(__package__, "lessons_around", lessons, _Lesson),
        wallet.balances_of(market_id=market_id, learner_ids=learner_ids, now=now),
        curriculum.standing_of(product_id=scope.product_id, learner_ids=learner_ids),
        people.name_learners(market_id=market_id, ids=learner_ids),
        people.name_teachers(market_id=market_id, ids=teacher_ids),
    ]


def _around(answers: Sequence[list[Any]]) -> Around:
    slots, lessons, balances, standing, learners, teachers = answers
    return Around(
        slots={(slot.teacher_id, slot.starts_at): (slot.state, slot.target_kind) for slot in slots},
        # Of several of a learner, the one whose seat is live comes last.
        lessons={one.learner_id: (one.state, one.course_number) for one in lessons},
        balances={(one.learner_id, one.asset): one.balance for one in balances},
        progress={one.learner_id: (one.level, one.next_number) for one in standing},
        learners={one.id: one.name for one in learners},
        teachers={one.id: one.name for one in teachers},
    )
