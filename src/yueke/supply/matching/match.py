"""Match all who wait at one half-hour with the teachers there are, in one transaction."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet

from yueke.booking.operations import lesson as lessons
from yueke.booking.rules.lesson import LockedLesson
from yueke.inventory import operations as inventory
from yueke.inventory.rules.locked_slot import LockedSlot
from yueke.kernel.actor import Actor
from yueke.kernel.columns import numbers
from yueke.kernel.transaction import Question, Work, begin
from yueke.notices import operations as notices
from yueke.notices.operations import Happened
from yueke.supply.matching.models import Wait
from yueke.supply.matching.rules import Candidate, Entrant, pair

Pairs = dict[int, int]
# More than wait at once anywhere; what is beyond them has its turn in the next round.
ENTRANTS_MAX = 20_000


@dataclass(slots=True)
class Known:
    """A teacher who has taught a learner."""

    learner_id: int
    teacher_id: int


@dataclass(slots=True)
class Found:
    """A teacher who could be given now."""

    teacher_id: int
    skills: frozenset[str]
    rating: int
    held: bool


def match(*, market_id: int, product_id: int, starts_at: datetime, now: datetime) -> Pairs:
    """Give teachers to those who wait for one product at one half-hour (SD-8).

    Returns teachers by seat. One at a time matches a half-hour, and goes on until nobody has come
    meanwhile: whoever finds the turn taken can leave it to them.
    """
    pairs: Pairs = {}
    looked_at: set[int] = set()
    of_half_hour = Wait.objects.filter(
        market_id=market_id,
        product_id=product_id,
        starts_at=starts_at,
        state=Wait.State.WAITING,
    )
    while True:
        found = _round(of_half_hour, (market_id, product_id, starts_at), now)
        if found is None:
            return pairs
        looked_at |= found.looked_at
        pairs |= found.pairs
        # Asked once the turn is given up: who comes after this takes it themselves.
        if not of_half_hour.exclude(seat_id__in=looked_at).exists():
            return pairs


@dataclass(frozen=True, slots=True)
class Round:
    """Who was looked at in one round, and who got whom."""

    looked_at: set[int]
    pairs: Pairs


def _round(
    waiting: QuerySet[Wait], half_hour: tuple[int, int, datetime], now: datetime
) -> Round | None:
    """Match all who wait, in one transaction; none where another has the turn.

    Locks the turn, then learners, slots and lessons.
    """
    market_id, product_id, starts_at = half_hour
    with begin() as work:
        row = work.run(__package__, "take_turn", half_hour).fetchone()
        if row is None or not row[0]:
            return None
        waits = list(waiting.order_by("entered_at")[:ENTRANTS_MAX])
        if not waits:
            return Round(set(), {})
        entrants = _entrants(work, market_id, waits)
        found = candidates(
            work,
            market_id=market_id,
            product_id=product_id,
            starts_at=starts_at,
            entrants=entrants,
        )
        pairs = pair(entrants, found, now=now)
        given = _give(work, market_id, pairs, now)
        return Round({one.seat_id for one in waits}, given)


def candidates(
    work: Work,
    *,
    market_id: int,
    product_id: int,
    starts_at: datetime,
    entrants: Sequence[Entrant],
    beside: int = 0,
) -> list[Candidate]:
    """Return teachers held for a product at a half-hour, and those only free.

    Of each skill there are as many as learners, and `beside` more; others could not be better.
    """
    params = {
        "market_id": market_id,
        "product_id": product_id,
        "starts_at": starts_at,
        "skills": sorted({one.skill for one in entrants}),
        "known": numbers({teacher for one in entrants for teacher in one.known}),
        "count": len(entrants) + beside,
    }
    rows: list[Found]
    [rows] = work.ask(Question(__package__, "candidates", params, Found)).fetch()
    return [Candidate(one.teacher_id, one.skills, one.rating, one.held) for one in rows]


def known_to(work: Work, *, market_id: int, learner_ids: Sequence[int]) -> dict[int, set[int]]:
    """Return by whom learners have been taught."""
    rows: list[Known]
    params = (market_id, numbers(learner_ids))
    [rows] = work.ask(Question(__package__, "known", params, Known)).fetch()
    known: dict[int, set[int]] = defaultdict(set)
    for row in rows:
        known[row.learner_id].add(row.teacher_id)
    return known


def _entrants(work: Work, market_id: int, waits: Sequence[Wait]) -> list[Entrant]:
    known = known_to(work, market_id=market_id, learner_ids=[one.learner_id for one in waits])
    return [
        Entrant(one.seat_id, one.skill, one.entered_at, frozenset(known.get(one.learner_id, ())))
        for one in waits
    ]


def _give(work: Work, market_id: int, pairs: Pairs, now: datetime) -> Pairs:
    """Write the pairs that still can be under the locks.

    The others go on waiting, or are found to be over by the timer.
    """
    if not pairs:
        return {}
    locked = lessons.lock(
        work, market_id=market_id, seat_ids=list(pairs), teacher_ids=list(pairs.values())
    )
    given: list[tuple[LockedLesson, int]] = []
    for seat_id, teacher_id in pairs.items():
        lesson = locked.lessons.get(seat_id)
        if lesson is None or not waits_still(lesson):
            continue
        if all(_is_free(locked.slots.get((teacher_id, cell))) for cell in lesson.times):
            given.append((lesson, teacher_id))
    _write(work, market_id, given, now)
    return {lesson.seat_id: teacher_id for lesson, teacher_id in given}


def waits_still(lesson: LockedLesson) -> bool:
    """Tell whether a lesson is still to be given a teacher."""
    is_live = lesson.seat_state == "live" and lesson.state == "booked"
    return is_live and lesson.teacher_id is None


def _is_free(slot: LockedSlot | None) -> bool:
    if slot is None:
        return False
    return slot.state == "held" or (slot.state == "open" and slot.target_kind is None)


def _write(
    work: Work, market_id: int, given: Sequence[tuple[LockedLesson, int]], now: datetime
) -> None:
    taken = [(teacher, cell, lesson.id) for lesson, teacher in given for cell in lesson.times]
    with work.as_one():
        inventory.take_held_slots(work, market_id=market_id, taken=taken)
        lessons.set_teachers(
            work, market_id=market_id, given=[(lesson.id, teacher) for lesson, teacher in given]
        )
        seats = numbers(lesson.seat_id for lesson, _ in given)
        teachers = numbers(teacher for _, teacher in given)
        work.write(__package__, "settle_waits", (now, seats, teachers))
    actor = Actor(market_id, "job", 0, "supply")
    events = [
        Happened(
            0,
            "lesson.matched",
            actor,
            lesson_id=lesson.id,
            learner_id=lesson.learner_id,
            teacher_id=teacher,
            starts_at=lesson.starts_at,
        )
        for lesson, teacher in given
    ]
    notices.append_new(work, at=now, events=events)
