"""Enter a room, and have another teacher found in mid-lesson."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from yueke.booking.changing import within_reach
from yueke.booking.operations import lesson as lessons
from yueke.booking.operations.lost_time import give_back
from yueke.booking.rules.lesson import LockedLesson, check_lives_on
from yueke.inventory import operations as inventory
from yueke.kernel.outcome import Answer
from yueke.kernel.transaction import Work
from yueke.notices import operations as notices
from yueke.notices.once import Request, once
from yueke.notices.operations import Happened
from yueke.people import channels, policies
from yueke.supply.matching.match import candidates, known_to, match
from yueke.supply.matching.models import Wait
from yueke.supply.matching.refusals import NobodyToMatch, RoomNotOpen
from yueke.supply.matching.rules import Entrant, pair


@dataclass(slots=True)
class Entered:
    """A learner at the door: waiting, or with a teacher."""

    seat_id: int
    lesson_id: int
    state: str
    teacher_id: int | None


@dataclass(slots=True)
class Rematched:
    """A lesson that has another teacher."""

    seat_id: int
    lesson_id: int
    teacher_id: int
    was_teacher_id: int | None


def enter(request: Request, *, seat_id: int, entered_at: datetime | None = None) -> Answer[Entered]:
    """Let a learner enter the room of their lesson; who has no teacher yet waits (CL-3, SD-8).

    Said again, later or out of order, it says how things stand. `entered_at` is the first moment
    that counts for the order of waiting. The answer is before the matching, which begins at once.
    Refuses: channel_may_not, lesson_not_found, lesson_already_cancelled, lesson_already_finished,
    lesson_over, room_not_open. Locks learners, slots, lesson.
    """
    answer = once(request, Entered, lambda work: [_entered(work, request, seat_id, entered_at)])
    if not request.dry_run:
        waiting = Wait.objects.filter(seat_id=seat_id, state=Wait.State.WAITING).first()
        if waiting is not None:
            match(
                market_id=waiting.market_id,
                product_id=waiting.product_id,
                starts_at=waiting.starts_at,
                now=request.now,
            )
    return answer


def _entered(work: Work, request: Request, seat_id: int, entered_at: datetime | None) -> Entered:
    actor, now = request.actor, request.now
    channels.require(actor, "enter", "room")
    locked = lessons.lock(work, market_id=actor.market_id, seat_ids=[seat_id])
    lesson = within_reach(locked, actor, seat_id)
    check_lives_on(lesson, now)
    in_force = policies.in_force(market_id=actor.market_id, at=now)
    opens_at = lesson.starts_at - timedelta(minutes=in_force.number("room_opens_minutes"))
    if now < opens_at:
        raise RoomNotOpen(seat_id, opens_at)
    if lesson.teacher_id is not None:
        return Entered(seat_id, lesson.id, Wait.State.MATCHED, lesson.teacher_id)
    since = min(now, entered_at or now)
    wait, is_new = Wait.objects.get_or_create(
        seat_id=seat_id,
        defaults={
            "market_id": actor.market_id,
            "lesson_id": lesson.id,
            "learner_id": lesson.learner_id,
            "product_id": lesson.product_id,
            "skill": skill_of(lesson),
            "starts_at": lesson.starts_at,
            "entered_at": since,
        },
    )
    if not is_new and wait.state == Wait.State.WAITING and since < wait.entered_at:
        Wait.objects.filter(pk=wait.pk).update(entered_at=since)
    if is_new:
        _tell(work, request, lesson, "lesson.entered", None, "")
    return Entered(seat_id, lesson.id, wait.state, wait.teacher_id)


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
        _give(work, request, lesson, teacher_id)
        _tell(work, request, lesson, "lesson.teacher_changed", was, reason)
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


def _give(work: Work, request: Request, lesson: LockedLesson, teacher_id: int) -> None:
    """Take the new teacher's time; the one before has theirs back unless it has begun."""
    market_id, now = request.actor.market_id, request.now
    give_back(work, actor=request.actor, now=now, lessons=[lesson])
    taken = [(teacher_id, cell, lesson.id) for cell in lesson.times]
    inventory.take_held_slots(work, market_id=market_id, taken=taken)
    lessons.replace_teacher(work, market_id=market_id, lesson=lesson, teacher_id=teacher_id)
    # Whoever waits at the door waits no more, and is shown who comes now.
    at_the_door = Wait.objects.filter(
        seat_id=lesson.seat_id, state__in=[Wait.State.WAITING, Wait.State.MATCHED]
    )
    at_the_door.update(state=Wait.State.MATCHED, teacher_id=teacher_id, settled_at=now)


def skill_of(lesson: LockedLesson) -> str:
    """Return what a teacher of the lesson must teach."""
    return f"{lesson.product}:{lesson.level or 0}"


def _tell(
    work: Work,
    request: Request,
    lesson: LockedLesson,
    kind: str,
    was: int | None,
    reason: str,
) -> None:
    event = Happened(
        0,
        kind,
        request.actor,
        reason,
        lesson_id=lesson.id,
        learner_id=lesson.learner_id,
        teacher_id=lesson.teacher_id,
        starts_at=lesson.starts_at,
        data={"was": was} if kind == "lesson.teacher_changed" else {},
    )
    notices.append_one(work, at=request.now, event=event)
