"""Book lessons whose teachers are found at entry, for any number of orders at once."""

from collections.abc import Sequence
from datetime import datetime

from yueke.booking.operations.book import book
from yueke.booking.orders import Booked, BookLesson, Order
from yueke.curriculum import operations as curriculum
from yueke.curriculum.operations import Opened
from yueke.curriculum.rules import TRIAL
from yueke.kernel.actor import Actor
from yueke.kernel.outcome import Answer
from yueke.kernel.refusal import Refusal
from yueke.kernel.transaction import Work, begin_without_waiting, rehearse
from yueke.notices import operations as notices
from yueke.notices.once import Request
from yueke.notices.operations import Happened
from yueke.notices.tries import tried
from yueke.people import operations as people

PERMISSION = "overbook"
Answers = list[Answer[Booked] | Refusal]
# Courses opened with the trials, and the number of the event of each, by learner.
Opens = dict[int, tuple[Opened, int]]


def overbook(
    request: Request, *, learner_id: int, starts_at: datetime, reason: str = ""
) -> Answer[Booked]:
    """Book a trial whose teacher is found at entry, paid in credits. Refuses as the list does."""
    command = BookLesson(learner_id, None, starts_at, TRIAL, reason=reason, permission=PERMISSION)
    order = Order(request.actor, request.key, request.body_hash, [command])
    [answer] = overbook_lessons(
        market_id=request.actor.market_id,
        now=request.now,
        orders=[order],
        dry_run=request.dry_run,
    )
    if isinstance(answer, Refusal):
        raise answer
    return answer


def overbook_lessons(
    *, market_id: int, now: datetime, orders: Sequence[Order[BookLesson]], dry_run: bool = False
) -> Answers:
    """Book lessons without teachers for orders of one market (H5-12, TM-1, CC-1, SD-6).

    Of a newly registered learner the course of the trial is opened with it. Refuses as bookings
    do, and overbook_full. Locks learners, then half-hours.
    """

    def act(work: Work) -> Answers:
        work.walk_indexes()
        opened = _open_trials(work, market_id, orders)
        answers = book(work, market_id=market_id, now=now, orders=orders)
        if opened:
            _tell(work, market_id, now, opened, orders, answers)
        return answers

    return tried(act, rehearse if dry_run else begin_without_waiting)


def _open_trials(work: Work, market_id: int, orders: Sequence[Order[BookLesson]]) -> Opens:
    """Open the first course of the trial for whoever has none yet; return those, by learner."""
    commands = [command for order in orders for command in order.commands]
    # All of them, in one order, before the booking locks them again.
    locked = {command.learner_id for command in commands}
    work.ask(people.lock_learners(market_id=market_id, learner_ids=locked))
    learners = {command.learner_id for command in commands if command.product == TRIAL}
    opened = curriculum.open_first_course(
        work, market_id=market_id, product=TRIAL, learner_ids=learners
    )
    if not opened:
        return {}
    # Numbered before the lessons: the log tells of a course first.
    [numbers] = work.ask(notices.next_ids(count=len(opened))).fetch()
    return {one.learner_id: (one, number.id) for one, number in zip(opened, numbers, strict=True)}


def _tell(
    work: Work,
    market_id: int,
    now: datetime,
    opened: Opens,
    orders: Sequence[Order[BookLesson]],
    answers: Answers,
) -> None:
    """Append that courses were opened; those of learners who got no trial are closed again."""
    kept = {
        result.learner_id: order.actor
        for order, answer in zip(orders, answers, strict=True)
        if isinstance(answer, Answer)
        for result in answer.results
        if isinstance(result, Booked) and result.learner_id in opened
    }
    closed = [one for learner_id, (one, _) in opened.items() if learner_id not in kept]
    if closed:
        curriculum.close_courses(work, opened=closed)
    events = [_event(actor, *opened[learner_id]) for learner_id, actor in kept.items()]
    notices.append(work, market_id=market_id, at=now, events=events)


def _event(actor: Actor, one: Opened, number: int) -> Happened:
    data: dict[str, object] = {"product": TRIAL, "level": one.level}
    return Happened(number, "course.opened", actor, learner_id=one.learner_id, data=data)
