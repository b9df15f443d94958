"""Have another teacher found in mid-lesson."""

from dataclasses import dataclass
from datetime import datetime

from yueke.booking.changing import tell, within_reach
from yueke.booking.operations import lesson as lessons
from yueke.booking.operations.lost_time import give_back
from yueke.booking.rules.lesson import LockedLesson, check_lives_on
from yueke.inventory import operations as inventory
from yueke.kernel.outcome import Answer
from yueke.kernel.transaction import Work
from yueke.notices.once import Request, once
from yueke.people import channels
from yueke.supply.matching.match import candidates, known_to
from yueke.supply.matching.models import Wait
from yueke.supply.matching.refusals import NobodyToMatch
from yueke.supply.matching.rules import Entrant, pair, skill_of


@dataclass(slots=True)
class Rematched:
    """A lesson that has another teacher."""

    seat_id: int
    lesson_id: int
    teacher_id: int
    was_teacher_id: int | None


def rematch(request: Request, *, seat_id: int, reason: str = "") -> Answer[Rematched]:
    """Find another teacher for a lesson that has begun or is about to (SD-9, F-8).

    Those held come before those only free. The teacher it had keeps no time of it once it has
    begun. Refuses: channel_may_not, lesson_not_found, nobody_to_match, and as
    `rules.lesson.check_lives_on`. Locks learners, slots, lesson.
    """
    actor, now = request.actor, request.now

    def act(work: Work) -> list[Rematched]:
        channels.require_for_some(actor, "rematch", "trial")
        seen = within_reach(
            lessons.lock(work, market_id=actor.market_id, seat_ids=[seat_id]), actor, seat_id
        )
        channels.require(actor, "rematch", seen.product)
        check_lives_on(seen, now)
        was = seen.teacher_id
        teacher_id = _another(work, actor.market_id, seen, now)
        locked = lessons.lock(
            work, market_id=actor.market_id, seat_ids=[seat_id], teacher_ids=[teacher_id]
        )
        lesson = locked.lessons[seat_id]
        _give(work, request, lesson, teacher_id, reason)
        tell(work, request, lesson, "lesson.teacher_changed", reason, {"was": was})
        return [Rematched(seat_id, lesson.id, teacher_id, was)]

    return once(request, Rematched, act)


def _another(work: Work, market_id: int, lesson: LockedLesson, now: datetime) -> int:
    known = known_to(work, market_id=market_id, learner_ids=[lesson.learner_id])
    one = Entrant(
        lesson.seat_id, skill_of(lesson), now, frozenset(known.get(lesson.learner_id, ()))
    )
    found = candidates(
        work,
        market_id=market_id,
        product_id=lesson.product_id,
        starts_at=lesson.starts_at,
        entrants=[one],
        # The teacher it has may be the best.
        beside=1,
    )
    others = [other for other in found if other.teacher_id != lesson.teacher_id]
    chosen = pair([one], others, now=now)
    if not chosen:
        raise NobodyToMatch(lesson.seat_id)
    return chosen[lesson.seat_id]


def _give(work: Work, request: Request, lesson: LockedLesson, teacher_id: int, reason: str) -> None:
    """Take the new teacher's time; the one before has theirs back unless it has begun."""
    market_id, now = request.actor.market_id, request.now
    give_back(work, actor=request.actor, now=now, lessons=[lesson], reason=reason)
    taken = [(teacher_id, cell, lesson.id) for cell in lesson.times]
    inventory.take_held_slots(work, market_id=market_id, taken=taken)
    lessons.replace_teacher(work, market_id=market_id, lesson=lesson, teacher_id=teacher_id)
    # Whoever waits at the door waits no more, and is shown who comes now.
    at_the_door = Wait.objects.filter(
        seat_id=lesson.seat_id, state__in=[Wait.State.WAITING, Wait.State.MATCHED]
    )
    at_the_door.update(state=Wait.State.MATCHED, teacher_id=teacher_id, settled_at=now)
