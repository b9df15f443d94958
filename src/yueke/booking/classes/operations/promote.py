"""Give seats that came free to those who wait for them, in the transaction that freed them."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from yueke.booking.classes.operations import read, seats
from yueke.booking.classes.operations.read import ROOM
from yueke.booking.classes.rules import join as rules
from yueke.booking.classes.rules.facts import ClassFacts
from yueke.booking.classes.rules.join import Place
from yueke.kernel.actor import Actor
from yueke.kernel.columns import numbers, texts
from yueke.kernel.refusal import Refusal
from yueke.kernel.transaction import Question, Work
from yueke.notices import operations as notices
from yueke.notices.operations import Happened
from yueke.wallet import operations as wallet


@dataclass(slots=True)
class _Waiter:
    lesson_id: int
    learner_id: int
    asset: str


@dataclass(slots=True)
class _Skipped:
    waiter: _Waiter
    why: Refusal


def promote(work: Work, *, market_id: int, now: datetime, class_ids: Collection[int]) -> None:
    """Fill free seats of classes, locked before, from those who wait, first come first.

    Who cannot pay now, or has another lesson by now, is skipped: an event says why.
    """
    key = (market_id, numbers(class_ids))
    [waiters] = work.ask(Question(ROOM, "lock_waiting", key, _Waiter)).fetch()
    if not waiters:
        return
    facts = _facts(work, market_id, now, class_ids, waiters)
    given: list[Place] = []
    skipped: list[_Skipped] = []
    for waiter in waiters:
        found = facts.classes[waiter.lesson_id]
        is_open = found.is_published and found.starts_at > now
        if not is_open or found.seats_taken >= found.capacity:
            continue
        actor = Actor(market_id, "job", 0, "system")
        try:
            place = rules.place(
                facts, actor=actor, learner_id=waiter.learner_id, found=found, asset=waiter.asset
            )
            given.append(place)
        except Refusal as refusal:
            skipped.append(_Skipped(waiter, refusal.as_answer()))
    _write(work, market_id, now, facts, given, skipped)


def _facts(
    work: Work, market_id: int, now: datetime, class_ids: Collection[int], waiters: list[_Waiter]
) -> ClassFacts:
    facts = ClassFacts(now, read.products(work, market_id=market_id, now=now))
    asked = {(w.learner_id, w.lesson_id) for w in waiters}
    learners = {learner_id for learner_id, _ in asked}
    classes, elsewhere, holdings = (
        work.ask(question).fetch()[0]
        for question in (
            read.lock_classes(market_id=market_id, class_ids=class_ids),
            read.busy_at_classes(market_id=market_id, asked=asked),
            wallet.holdings(market_id=market_id, learner_ids=learners),
        )
    )
    read.note(facts, classes=classes, elsewhere=elsewhere, holdings=holdings)
    return facts


def _write(
    work: Work,
    market_id: int,
    now: datetime,
    facts: ClassFacts,
    places: list[Place],
    skipped: list[_Skipped],
) -> None:
    count = len(places) + len(skipped)
    [ids] = work.ask(notices.next_ids(count=count)).fetch()
    given = [(place, number.id) for place, number in zip(places, ids, strict=False)]
    with work.as_one():
        seats.write(work, market_id=market_id, now=now, given=given, facts=facts)
    if skipped:
        columns = (
            numbers(one.waiter.learner_id for one in skipped),
            numbers(one.waiter.lesson_id for one in skipped),
            texts("skipped" for _ in skipped),
        )
        work.write(ROOM, "end_waits", (*columns, market_id))
        left = ids[len(places) :]
        events = [_told(market_id, facts, one, n.id) for one, n in zip(skipped, left, strict=True)]
        notices.append(work, market_id=market_id, at=now, events=events)


def _told(market_id: int, facts: ClassFacts, skipped: _Skipped, number: int) -> Happened:
    found = facts.classes[skipped.waiter.lesson_id]
    return Happened(
        id=number,
        kind="class.wait_skipped",
        actor=Actor(market_id, "job", 0, "system"),
        lesson_id=found.id,
        learner_id=skipped.waiter.learner_id,
        teacher_id=found.teacher_id,
        starts_at=found.starts_at,
        data={"why": skipped.why.code},
    )
