"""Book seats in open classes, and wait for them (PC-2, H5-4, CU-5, CL-2)."""

from collections.abc import Sequence
from datetime import datetime

from yueke.booking.classes import hand_over
from yueke.booking.classes.models import ClassWait
from yueke.booking.classes.operations import making, read
from yueke.booking.classes.operations.join import join
from yueke.booking.classes.orders import BookPlace, PlaceBooked, Waiting
from yueke.booking.classes.rules import waiting as rules
from yueke.booking.classes.rules.facts import ClassFacts
from yueke.booking.orders import Order
from yueke.kernel.outcome import Answer
from yueke.kernel.refusal import Refusal
from yueke.kernel.transaction import Work, rehearse
from yueke.notices.once import Request, once
from yueke.notices.tries import tried
from yueke.people import channels
from yueke.people import operations as people
from yueke.people import queries as people_queries


def book_places(
    *, market_id: int, now: datetime, orders: Sequence[Order[BookPlace]], dry_run: bool = False
) -> list[Answer[PlaceBooked] | Refusal]:
    """Book seats in classes for orders of one market (PC-2, H5-4, CU-5, CL-2).

    Places are refused with: channel_may_not, classes_handed_over, learner_not_found,
    class_not_found, class_not_published, class_already_started, already_in_class, learner_busy,
    class_full, and as payments are.
    """

    def act(work: Work) -> list[Answer[PlaceBooked] | Refusal]:
        work.walk_indexes()
        handed_over = hand_over.handed_over_at(market_id=market_id, now=now)
        return join(work, market_id=market_id, now=now, orders=orders, handed_over_at=handed_over)

    if dry_run:
        with rehearse() as work:
            return act(work)
    return tried(act)


def wait(
    request: Request, *, learner_id: int, class_id: int, asset: str = "credit", reason: str = ""
) -> Answer[Waiting]:
    """Have a learner wait for a seat in a full class, to be paid with an asset when it comes.

    Refuses: channel_may_not, classes_handed_over, learner_not_found, class_not_found,
    class_not_published, class_already_started, already_in_class, already_waiting, learner_busy,
    class_has_room, asset_not_accepted. Locks the learner, then the class.
    """

    def act(work: Work) -> list[Waiting]:
        channels.require(request.actor, "pay", asset)
        facts = _locked(work, request, learner_id, class_id)
        waiting = _waiting(class_id)
        found = rules.check_wait(
            facts,
            actor=request.actor,
            learner_id=learner_id,
            class_id=class_id,
            asset=asset,
            waiting=waiting,
        )
        ClassWait.objects.create(
            market_id=request.actor.market_id,
            lesson_id=class_id,
            learner_id=learner_id,
            asset=asset,
            since=request.now,
        )
        making.tell(
            work,
            actor=request.actor,
            now=request.now,
            found=found,
            kind="class.wait_joined",
            reason=reason,
            learner_id=learner_id,
        )
        return [Waiting(class_id, learner_id, is_waiting=True, ahead=len(waiting))]

    return once(request, Waiting, act)


def stop_waiting(
    request: Request, *, learner_id: int, class_id: int, reason: str = ""
) -> Answer[Waiting]:
    """Have a learner wait no longer.

    Refuses: channel_may_not, classes_handed_over, learner_not_found, class_not_found,
    not_waiting. Locks the learner, then the class.
    """

    def act(work: Work) -> list[Waiting]:
        facts = _locked(work, request, learner_id, class_id)
        found = rules.check_stop(facts, learner_id, class_id, _waiting(class_id))
        mine = ClassWait.objects.filter(
            lesson_id=class_id, learner_id=learner_id, state=ClassWait.State.WAITING
        )
        mine.update(state=ClassWait.State.LEFT)
        making.tell(
            work,
            actor=request.actor,
            now=request.now,
            found=found,
            kind="class.wait_left",
            reason=reason,
            learner_id=learner_id,
        )
        return [Waiting(class_id, learner_id, is_waiting=False, ahead=0)]

    return once(request, Waiting, act)


def _locked(work: Work, request: Request, learner_id: int, class_id: int) -> ClassFacts:
    actor = request.actor
    hand_over.require(actor=actor, command="book", of="open", now=request.now)
    people_queries.get_learner(actor=actor, learner_id=learner_id)
    market_id = actor.market_id
    work.ask(people.lock_learners(market_id=market_id, learner_ids=[learner_id]))
    [classes] = work.ask(read.lock_classes(market_id=market_id, class_ids=[class_id])).fetch()
    asked = {(learner_id, class_id)}
    [busy] = work.ask(read.busy_at_classes(market_id=market_id, asked=asked)).fetch()
    facts = ClassFacts(request.now, read.products(work, market_id=market_id, now=request.now))
    read.note(facts, classes=classes, elsewhere=busy)
    return facts


def _waiting(class_id: int) -> list[int]:
    waits = ClassWait.objects.filter(lesson_id=class_id, state=ClassWait.State.WAITING)
    return list(waits.order_by("id").values_list("learner_id", flat=True))
