"""Let learners enter rooms, for any number of orders at once; who has no teacher yet waits.

Written order of locks: learners by id, slots by teacher and time, lessons and seats by id, waits.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from yueke.booking.changing import within_reach
from yueke.booking.operations import keys as request_keys
from yueke.booking.operations import lesson as lessons
from yueke.booking.operations.keys import Keys
from yueke.booking.operations.lesson import Locked
from yueke.booking.orders import Order
from yueke.booking.rules.lesson import LockedLesson, check_lives_on
from yueke.kernel.actor import Actor
from yueke.kernel.columns import instants, numbers, texts
from yueke.kernel.outcome import Answer
from yueke.kernel.refusal import Refusal
from yueke.kernel.transaction import Question, Work, begin, rehearse
from yueke.notices import operations as notices
from yueke.notices.operations import Happened
from yueke.notices.tries import tried
from yueke.people import channels, policies
from yueke.supply.matching.match import match
from yueke.supply.matching.models import Wait
from yueke.supply.matching.refusals import RoomNotOpen
from yueke.supply.matching.rules import skill_of


@dataclass(slots=True)
class EnterRoom:
    """Enter the room of a lesson; `entered_at` is when, where that is told later."""

    seat_id: int
    entered_at: datetime | None = None


@dataclass(slots=True)
class Entered:
    """A learner at the door: waiting, or with a teacher."""

    seat_id: int
    lesson_id: int
    state: str
    teacher_id: int | None


@dataclass(slots=True)
class _Waiting:
    """Somebody who waits already, and since when."""

    seat_id: int
    entered_at: datetime


Answers = list[Answer[Entered] | Refusal]


def enter_rooms(
    *, market_id: int, now: datetime, orders: Sequence[Order[EnterRoom]], dry_run: bool = False
) -> Answers:
    """Let learners of one market enter; who has no teacher yet waits for one (CL-3, SD-8).

    Teachers are looked for once the entries are committed; answers are as things stood before.
    Refuses and locks as `come_in`.
    """
    answers = come_in(market_id=market_id, now=now, orders=orders, dry_run=dry_run)
    if not dry_run:
        _match(answers, now)
    return answers


def come_in(
    *, market_id: int, now: datetime, orders: Sequence[Order[EnterRoom]], dry_run: bool = False
) -> Answers:
    """Note that learners of one market entered, and leave the matching to others.

    Answers stand in the order of orders. Said again, later or out of order, an entry says how
    things stand; the earliest moment told counts for the order of waiting. Each refuses:
    request_key_reused, key_unknown, channel_may_not, lesson_not_found, lesson_already_cancelled,
    lesson_already_finished, lesson_over, room_not_open. Locks learners, slots, lessons.
    """

    def act(work: Work) -> Answers:
        return _enter(work, market_id, now, orders)

    return tried(act, rehearse if dry_run else begin)


def _match(answers: Answers, now: datetime) -> None:
    """Look for teachers at each half-hour at which one of them waits."""
    seats = [
        result.seat_id
        for answer in answers
        if isinstance(answer, Answer)
        for result in answer.results
        if isinstance(result, Entered) and result.state == Wait.State.WAITING
    ]
    if not seats:
        return
    waiting = Wait.objects.filter(seat_id__in=seats, state=Wait.State.WAITING)
    half_hours = waiting.values_list("market_id", "product_id", "starts_at").distinct()
    for market_id, product_id, starts_at in list(half_hours.order_by()):
        match(market_id=market_id, product_id=product_id, starts_at=starts_at, now=now)


def _enter(
    work: Work, market_id: int, now: datetime, orders: Sequence[Order[EnterRoom]]
) -> Answers:
    seats = {command.seat_id for order in orders for command in order.commands}
    locked = lessons.lock(work, market_id=market_id, seat_ids=seats)
    waiting: list[_Waiting]
    waiting, recalled, live = work.ask(
        Question(__package__, "waiting_of", (numbers(seats),), _Waiting),
        *request_keys.questions(orders),
    ).fetch()
    in_force = policies.in_force(market_id=market_id, at=now)
    early = timedelta(minutes=in_force.number("room_opens_minutes"))
    door = _Door(now, early, locked, {one.seat_id: one.entered_at for one in waiting})
    keys = Keys(recalled, live)
    answers: Answers = []
    for order in orders:
        known = keys.known(order, Entered)
        if known is None:
            known = keys.answer(order, list(door.decide(order)))
        answers.append(known)
    with work.as_one():
        if door.changed:
            work.write(__package__, "write_waits", (market_id, *_columns(door, locked.lessons)))
        keys.remember(work, now=now)
    events = [_event(actor, locked.lessons[seat_id]) for seat_id, actor in door.new.items()]
    notices.append_new(work, at=now, events=events)
    return answers


class _Door:
    """Who stands at the door of which lesson, while a set of orders is decided."""

    def __init__(
        self, now: datetime, early: timedelta, locked: Locked, since: dict[int, datetime]
    ) -> None:
        self._now = now
        self._early = early
        self._locked = locked
        # Since when those wait who do, by seat.
        self.since = since
        # By whom those were let in who did not wait before.
        self.new: dict[int, Actor] = {}
        self.changed: set[int] = set()

    def decide(self, order: Order[EnterRoom]) -> Iterator[Entered | Refusal]:
        """Return what becomes of each command of an order."""
        for command in order.commands:
            try:
                yield self._let_in(order.actor, command)
            except Refusal as refusal:
                yield refusal.as_answer()

    def _let_in(self, actor: Actor, command: EnterRoom) -> Entered:
        now, seat_id = self._now, command.seat_id
        channels.require(actor, "enter", "room")
        lesson = within_reach(self._locked, actor, seat_id)
        check_lives_on(lesson, now)
        if now < (opens_at := lesson.starts_at - self._early):
            raise RoomNotOpen(seat_id, opens_at)
        if lesson.teacher_id is not None:
            return Entered(seat_id, lesson.id, Wait.State.MATCHED, lesson.teacher_id)
        since = min(now, command.entered_at or now)
        if seat_id not in self.since:
            # Also who had left, or lost their teacher again: the lesson lives on without one.
            self.new[seat_id] = actor
        if since < self.since.get(seat_id, now + datetime.resolution):
            self.since[seat_id] = since
            self.changed.add(seat_id)
        return Entered(seat_id, lesson.id, Wait.State.WAITING, None)


def _columns(door: _Door, locked: Mapping[int, LockedLesson]) -> list[str]:
    changed = [locked[seat_id] for seat_id in sorted(door.changed)]
    return [
        numbers(one.seat_id for one in changed),
        numbers(one.id for one in changed),
        numbers(one.learner_id for one in changed),
        numbers(one.product_id for one in changed),
        texts(skill_of(one) for one in changed),
        instants(one.starts_at for one in changed),
        instants(door.since[one.seat_id] for one in changed),
    ]


def _event(actor: Actor, lesson: LockedLesson) -> Happened:
    return Happened(
        0,
        "lesson.entered",
        actor,
        lesson_id=lesson.id,
        learner_id=lesson.learner_id,
        teacher_id=lesson.teacher_id,
        starts_at=lesson.starts_at,
    )
