"""What a command would do: it is carried out, what is around it is read, all is taken back."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from yueke.booking.models import Lesson, Seat
from yueke.booking.refusals import LessonNotFound
from yueke.curriculum import queries as curriculum
from yueke.inventory.models import Slot
from yueke.kernel.grid import cells_of
from yueke.kernel.outcome import Answer
from yueke.kernel.refusal import Refusal
from yueke.kernel.transaction import rehearse
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
    and asset; `progress` level and number.
    """

    slots: dict[tuple[int, datetime], tuple[str, str | None]]
    lessons: dict[int, tuple[str, int | None]]
    balances: dict[tuple[int, str], int]
    progress: dict[int, tuple[int, int]]


def scope_of_lesson(
    *, market_id: int, lesson_id: int, learner_ids: Collection[int] = (),
    teacher_ids: Collection[int] = (),
) -> Scope:  # fmt: skip
    """Return where to look around a lesson, and others who may be touched.

    Refuses: lesson_not_found.
    """
    lesson = Lesson.objects.filter(market_id=market_id, id=lesson_id).first()
    if lesson is None:
        raise LessonNotFound(lesson_id)
    seats = Seat.objects.filter(market_id=market_id, lesson_id=lesson_id, state=Seat.State.LIVE)
    learners = {*learner_ids, *seats.values_list("learner_id", flat=True)}
    teachers = {*teacher_ids, *([lesson.teacher_id] if lesson.teacher_id else [])}
    times = cells_of(lesson.starts_at, lesson.cells)
    return Scope(market_id, lesson.product_id, times, learners, teachers)


def foresee(
    *, scopes: Sequence[Scope], now: datetime, act: Callable[[], Answer[Any] | Refusal]
) -> list[tuple[Around, Around]]:
    """Return how things stand in each scope, and how they would after `act`, which is taken back.

    `act` gives one command. Refuses as it does.
    """
    with rehearse():
        before = [look_around(scope=scope, now=now) for scope in scopes]
        answer = act()
        if isinstance(answer, Refusal):
            raise answer
        for result in answer.results:
            if isinstance(result, Refusal):
                raise result
        after = [look_around(scope=scope, now=now) for scope in scopes]
    return list(zip(before, after, strict=True))


def look_around(*, scope: Scope, now: datetime) -> Around:
    """Return how things stand."""
    slots = Slot.objects.filter(
        market_id=scope.market_id, teacher_id__in=scope.teacher_ids, starts_at__in=scope.times
    )
    progress = curriculum.progress_of(learner_ids=list(scope.learner_ids))
    return Around(
        slots={(slot.teacher_id, slot.starts_at): (slot.state, slot.target_kind) for slot in slots},
        lessons=_lessons(scope),
        balances=wallet.balances_of(
            market_id=scope.market_id, learner_ids=scope.learner_ids, now=now
        ),
        progress={
            row.learner_id: (row.course.level, row.next_number)
            for row in progress
            if row.product_id == scope.product_id
        },
    )


def _lessons(scope: Scope) -> dict[int, tuple[str, int | None]]:
    """Return each learner's lesson at the time: of several, the one whose seat is live."""
    seats = list(
        Seat.objects.filter(
            market_id=scope.market_id,
            learner_id__in=scope.learner_ids,
            starts_at__in=scope.times[:1],
        ).order_by("state", "id")
    )
    lessons = Lesson.objects.filter(
        market_id=scope.market_id, id__in=[seat.lesson_id for seat in seats]
    ).in_bulk()
    return {
        seat.learner_id: (
            lessons[seat.lesson_id].state if seat.state == Seat.State.LIVE else seat.state,
            lessons[seat.lesson_id].course_number,
        )
        for seat in seats
    }
