"""Two learners, two teachers or two lessons exchange places: both or neither."""

from collections.abc import Sequence

from yueke.booking.changing import tell, within_reach
from yueke.booking.operations import lesson as lessons
from yueke.booking.operations import place as operations
from yueke.booking.operations.place import Change
from yueke.booking.orders import LessonChanged, PlaceTaken
from yueke.booking.places import place_taken
from yueke.booking.refusals import NothingToExchange
from yueke.booking.rules import exchange as rules
from yueke.booking.rules.exchange import Pair
from yueke.kernel.outcome import Answer
from yueke.kernel.transaction import Work
from yueke.notices import operations as notices
from yueke.notices.once import Request, once
from yueke.notices.operations import Happened
from yueke.people import channels, policies


def exchange_learners(
    request: Request, *, seat_id: int, other_seat_id: int, reason: str = ""
) -> Answer[PlaceTaken]:
    """Let the learners of two seats take each other's place.

    Each is refunded, and pays for the other lesson with the same asset as a booking now costs;
    results stand in the order of the seats. Refuses: channel_may_not, lesson_not_found,
    nothing_to_exchange, and as `rules.exchange.decide_learners`. Locks learners, slots, lessons.
    """
    actor = request.actor

    def act(work: Work) -> list[PlaceTaken]:
        channels.require(actor, "exchange", "learners")
        pair, slots = _lock_two(work, request, seat_id, other_seat_id)
        for lesson in pair:
            channels.require(actor, "exchange", "open" if lesson.is_class else "learners")
        changes = _exchange_learners(work, request, pair, slots)
        events = [_exchanged(change, "lesson.exchanged", request, reason, {}) for change in changes]
        notices.append(work, market_id=actor.market_id, at=request.now, events=events)
        return _taken(changes)

    return once(request, PlaceTaken, act)


def exchange_teachers(
    request: Request, *, seat_id: int, other_seat_id: int, reason: str = ""
) -> Answer[LessonChanged]:
    """Let the teachers of two lessons teach each other's.

    Where the lessons are at different times, each must have the other's time open. Refuses:
    channel_may_not, lesson_not_found, nothing_to_exchange, and as `rules.exchange.check_teachers`.
    Locks learners, slots, lessons.
    """
    actor = request.actor

    def act(work: Work) -> list[LessonChanged]:
        channels.require_for_some(actor, "exchange", "teachers")
        pair, slots = _lock_two(work, request, seat_id, other_seat_id)
        for lesson in pair:
            channels.require_for(actor, "exchange", "teachers", lesson.product)
        one, other = rules.check_teachers(pair, slots, request.now)
        lessons.exchange_teachers(work, actor=actor, now=request.now, pair=pair, reason=reason)
        for lesson, was in zip(pair, (one, other), strict=True):
            tell(work, request, lesson, "lesson.teacher_changed", reason, {"was": was})
        return [
            LessonChanged(
                lesson.seat_id, lesson.id, lesson.state, lesson.teacher_id, lesson.course_number
            )
            for lesson in pair
        ]

    return once(request, LessonChanged, act)


def exchange_lessons(
    request: Request, *, seat_id: int, other_seat_id: int, reason: str = ""
) -> Answer[PlaceTaken]:
    """Let two lessons change to each other's time, each with its learner and its teacher.

    Each teacher must have the other time open. Learners are refunded and pay as in an exchange of
    learners, and keep the courseware chosen for them. Refuses: channel_may_not, lesson_not_found,
    nothing_to_exchange, and as `rules.exchange.check_times` and `decide_learners`.
    Locks learners, slots, lessons.
    """
    actor = request.actor

    def act(work: Work) -> list[PlaceTaken]:
        channels.require(actor, "exchange", "lessons")
        pair, slots = _lock_two(work, request, seat_id, other_seat_id)
        for lesson in pair:
            channels.require(actor, "exchange", "open" if lesson.is_class else "lessons")
        rules.check_times(pair, slots, request.now)
        was = [(lesson.teacher_id, lesson.course_number) for lesson in pair]
        if pair[0].teacher_id != pair[1].teacher_id:
            lessons.exchange_teachers(work, actor=actor, now=request.now, pair=pair, reason=reason)
        changes = _exchange_learners(work, request, pair, slots)
        events = []
        for change, lesson, (before, _), (_, number) in zip(
            changes, pair[::-1], was[::-1], was, strict=True
        ):
            if number is not None:
                lessons.set_course_number(
                    work, market_id=actor.market_id, lesson=lesson, number=number
                )
            facts: dict[str, object] = {"number": number}
            if before != lesson.teacher_id:
                facts["was"] = before
            events.append(_exchanged(change, "lesson.moved", request, reason, facts))
        notices.append(work, market_id=actor.market_id, at=request.now, events=events)
        return _taken(changes)

    return once(request, PlaceTaken, act)


def _lock_two(
    work: Work, request: Request, seat_id: int, other_seat_id: int
) -> tuple[Pair, lessons.Slots]:
    actor = request.actor
    locked = lessons.lock(work, market_id=actor.market_id, seat_ids=[seat_id, other_seat_id])
    one, other = (within_reach(locked, actor, each) for each in (seat_id, other_seat_id))
    if one.id == other.id:
        raise NothingToExchange(other_seat_id)
    return (one, other), locked.slots


def _exchange_learners(
    work: Work, request: Request, pair: Pair, slots: lessons.Slots
) -> list[Change]:
    """Write that each learner left and came to the other's lesson; in the order of the seats."""
    actor, market_id = request.actor, request.actor.market_id
    spends = operations.spends_of(work, seat_ids=[lesson.seat_id for lesson in pair])
    facts = operations.read_facts(
        work,
        market_id=market_id,
        now=request.now,
        cells=rules.cells_of_both(pair),
        lots={spend.from_account_id for spend in spends},
    )
    in_force = policies.in_force(market_id=market_id, at=request.now)
    decided = rules.decide_learners(
        facts,
        pair,
        slots,
        spends,
        side=channels.side(actor.channel),
        revive_days=in_force.number("revive_days"),
    )
    numbers = operations.next_numbers(work, count=2)
    changes = [
        Change(number, leave, take) for number, (leave, take) in zip(numbers, decided, strict=True)
    ]
    operations.write(
        work, actor=actor, now=request.now, changes=changes, spends=spends, facts=facts
    )
    return changes


def _taken(changes: Sequence[Change]) -> list[PlaceTaken]:
    return [
        place_taken(change.number, change.take, change.leave) for change in changes if change.take
    ]


def _exchanged(
    change: Change, kind: str, request: Request, reason: str, facts: dict[str, object]
) -> Happened:
    """Return the event of the lesson that a learner came to, which names the one left."""
    assert change.leave is not None
    assert change.take is not None
    left, lesson = change.leave.lesson, change.take.lesson
    return Happened(
        id=change.number,
        kind=kind,
        actor=request.actor,
        reason=reason,
        lesson_id=lesson.id,
        learner_id=change.take.learner_id,
        teacher_id=lesson.teacher_id,
        starts_at=lesson.starts_at,
        data={
            "left": left.id,
            "was_learner": lesson.learner_id,
            "asset": change.take.asset,
            "paid": change.take.price,
            "refunded": change.leave.refund,
            **facts,
        },
    )
